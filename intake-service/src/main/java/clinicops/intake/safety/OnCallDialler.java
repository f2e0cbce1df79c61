package clinicops.intake.safety;

import clinicops.chassis.BusinessClock;
import clinicops.intake.rulebook.RuleBook;
import clinicops.intake.safety.SafetyAlert.CallState;
import clinicops.outbox.Transactions;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Places the calls of alerts that have fallen due. A call is claimed in the database before it is placed, so that of several
 * copies of the service one calls; a copy that dies while calling leaves the claim, and after {@code redialAfter} another
 * calls again.
 */
@Component
class OnCallDialler {
    private static final Logger log = LoggerFactory.getLogger(OnCallDialler.class);

    private final SafetyAlerts alerts;
    private final OnCall onCall;
    private final OnCallVoice voice;
    private final Escalation escalation;
    private final Transactions transactions;
    private final BusinessClock clock;

    OnCallDialler(
            SafetyAlerts alerts,
            OnCall onCall,
            OnCallVoice voice,
            RuleBook book,
            Transactions transactions,
            BusinessClock clock) {
        this.alerts = alerts;
        this.onCall = onCall;
        this.voice = voice;
        this.escalation = book.read("safety-escalation", Escalation.class);
        this.transactions = transactions;
        this.clock = clock;
    }

    private record Claim(String callId, OnCallPerson onCall) {}

    @Scheduled(fixedDelay = 500)
    void placeCallsThatAreDue() {
        for (SafetyAlert due : alerts.callingBy(clock.instant())) {
            claim(due.id()).ifPresent(claim -> place(due.id(), claim));
        }
    }

    private Optional<Claim> claim(String alertId) {
        return transactions.inTransaction(() -> {
            Instant now = clock.instant();
            SafetyAlert alert = alerts.forStaff(alertId).orElse(null);
            var call = alert == null ? null : alert.callDue(now);
            if (alert == null || call == null) {
                return Optional.empty();
            }
            var present = onCall.present(now);
            present.ifPresentOrElse(
                    person -> alert.placing(call.id(), person.person(), now, now.plus(escalation.redialAfter())),
                    () -> alert.called(call.id(), CallState.NOBODY_ON_CALL));
            alerts.save(alert);
            return present.map(person -> new Claim(call.id(), person));
        });
    }

    private void place(String alertId, Claim claim) {
        try {
            boolean answered = voice.call(claim.callId(), alertId, claim.onCall());
            transactions.run(() -> alerts.forStaff(alertId).ifPresent(alert -> {
                alert.called(claim.callId(), answered ? CallState.ANSWERED : CallState.UNANSWERED);
                alerts.save(alert);
            }));
        } catch (RuntimeException e) {
            // the claim stands, and runs out
            log.warn("a call for safety alert {} did not come about; it is tried again", alertId, e);
        }
    }
}
