package clinicops.intake.safety;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.DueWork;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.intake.patient.Announcements;
import clinicops.intake.patient.PatientEvent;
import clinicops.intake.rulebook.RuleBook;
import clinicops.outbox.Ids;
import clinicops.outbox.Transactions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Raises alerts, takes acknowledgements, and escalates by the business clock. */
@Component
public class SafetyDesk implements DueWork {
    private final SafetyAlerts alerts;
    private final Escalation escalation;
    private final Announcements announcements;
    private final Audit audit;
    private final Transactions transactions;
    private final BusinessClock clock;

    SafetyDesk(
            SafetyAlerts alerts,
            RuleBook book,
            Announcements announcements,
            Audit audit,
            Transactions transactions,
            BusinessClock clock) {
        this.alerts = alerts;
        this.escalation = book.read("safety-escalation", Escalation.class);
        this.announcements = announcements;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Raises an alert in the caller's transaction.
     *
     * @return the alert's id
     */
    public String raise(String patientId) {
        SafetyAlert alert = SafetyAlert.raise(Ids.next(), patientId, clock.instant(), escalation);
        keep(alert, "raise-safety-alert", alert.raised());
        return alert.id();
    }

    /** @throws RuleViolation {@code safety-alert-open} (409) while nobody has taken up the patient's alert */
    public void requireNoneOpen(String patientId) {
        if (alerts.openFor(patientId)) {
            throw RuleViolation.conflict(
                    "safety-alert-open", "the patient may be in danger: acknowledge the safety alert first");
        }
    }

    SafetyAlert acknowledge(String alertId) {
        String by = Caller.current().name();
        return transactions.inTransaction(() -> {
            SafetyAlert alert = alerts.forStaff(alertId).orElseThrow(() -> new NotFound("safety-alert", alertId));
            var events = alert.acknowledge(by, clock.instant());
            return events.isEmpty() ? alert : keep(alert, "acknowledge-safety-alert", events);
        });
    }

    List<String> crisisLines() {
        return escalation.crisisLines();
    }

    @Override
    public Optional<Instant> nextDueAt() {
        return alerts.findFirstByNextEscalationAtAfterOrderByNextEscalationAt(Instant.EPOCH)
                .map(SafetyAlert::nextEscalationAt);
    }

    /** Safe to run in several copies of the service: the later one finds nothing due. */
    @Scheduled(fixedDelay = 500)
    void escalateWhatIsDue() {
        for (SafetyAlert due : alerts.escalatingBy(clock.instant())) {
            transactions.run(() -> alerts.forStaff(due.id())
                    .filter(alert -> alert.escalate(clock.instant(), escalation))
                    .ifPresent(alert -> keep(alert, "escalate-safety-alert", List.of())));
        }
    }

    private SafetyAlert keep(SafetyAlert alert, String action, List<PatientEvent> events) {
        SafetyAlert saved = alerts.save(alert);
        announcements.tell(saved.version(), events);
        audit.write(action, saved.resource(), saved.patientId(), saved.version(), null);
        return saved;
    }
}
