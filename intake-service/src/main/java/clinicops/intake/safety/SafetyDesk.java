package clinicops.intake.safety;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.DueWork;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.intake.patient.Announcements;
import clinicops.intake.patient.Patient;
import clinicops.intake.patient.PatientChanges;
import clinicops.intake.patient.PatientEvent;
import clinicops.intake.rulebook.RuleBook;
import clinicops.intake.safety.SafetyAlert.AlertTrigger;
import clinicops.outbox.Ids;
import clinicops.outbox.Transactions;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Raises alerts, takes acknowledgements and resolutions, and escalates by the business clock. */
@Component
public class SafetyDesk implements DueWork {
    private final SafetyAlerts alerts;
    private final SafetyPlans plans;
    private final Escalation escalation;
    private final PatientChanges patients;
    private final Announcements announcements;
    private final Audit audit;
    private final Transactions transactions;
    private final BusinessClock clock;

    SafetyDesk(
            SafetyAlerts alerts,
            SafetyPlans plans,
            RuleBook book,
            PatientChanges patients,
            Announcements announcements,
            Audit audit,
            Transactions transactions,
            BusinessClock clock) {
        this.alerts = alerts;
        this.plans = plans;
        this.escalation = book.read("safety-escalation", Escalation.class);
        this.patients = patients;
        this.announcements = announcements;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** A raised alert, and the patient as kept with its flag: the version that the caller should answer with. */
    public record Raised(String alertId, Patient patient) {}

    /**
     * Raises an alert and flags the patient, or adds to the one that nobody has resolved yet; in the caller's transaction and
     * after the caller kept what it changed of the patient. Of two that come side by side one begins again and finds the other's
     * alert, as both change the patient.
     */
    public Raised raise(String patientId, AlertReason reason, RaisedThrough through) {
        return transactions.inTransaction(() -> {
            var open = alerts.unresolvedOf(patientId).stream().findFirst();
            String alertId = open.map(SafetyAlert::id).orElseGet(Ids::next);
            Patient flagged = patients.change(patientId, "flag-for-safety", null, patient -> {
                patient.flagForSafety(alertId);
                return List.of();
            });
            Instant now = clock.instant();
            if (open.isPresent()) {
                var events = open.get().add(new AlertTrigger(reason, through, now), escalation);
                keep(open.get(), "add-to-safety-alert", reason.code(), events);
            } else {
                SafetyAlert alert = SafetyAlert.raise(alertId, patientId, reason, through, now, escalation);
                keep(alert, "raise-safety-alert", reason.code(), alert.raised());
            }
            return new Raised(alertId, flagged);
        });
    }

    /** Tells once more of alerts that came into another patient's name. Joins the caller's transaction. */
    public void tellAgain(Collection<String> alertIds) {
        alerts.unresolvedAmong(alertIds).forEach(alert -> announcements.tell(alert.version(), alert.standing()));
    }

    /** The survivor of a merging gets the duplicate's safety plan into their own. Joins the caller's transaction. */
    public void joinPlan(String survivorId, String duplicateId) {
        plans.of(duplicateId)
                .ifPresent(other -> plans.save(SafetyPlan.joined(survivorId, plans.of(survivorId), other)));
    }

    /** Takes {@link #joinPlan} back; what was written since stays the survivor's. Joins the caller's transaction. */
    public void partPlan(String survivorId, String duplicateId) {
        plans.of(duplicateId).ifPresent(other -> plans.of(survivorId)
                .ifPresent(plan -> plan.without(other).ifPresentOrElse(plans::save, () -> plans.remove(survivorId))));
    }

    /** @throws RuleViolation {@code safety-alert-open} (409) while nobody has taken up the patient's alert */
    public void requireNoneOpen(String patientId) {
        if (alerts.openFor(patientId)) {
            throw RuleViolation.conflict(
                    "safety-alert-open", "the patient may be in danger: acknowledge the safety alert first");
        }
    }

    /** Telephone numbers to show to and about a patient who may be in danger. */
    public List<String> crisisLines() {
        return escalation.crisisLines();
    }

    SafetyAlert acknowledge(String alertId) {
        String by = Caller.current().name();
        return transactions.inTransaction(() -> {
            SafetyAlert alert = alert(alertId);
            var events = alert.acknowledge(by, clock.instant());
            return events.isEmpty() ? alert : keep(alert, "acknowledge-safety-alert", null, events);
        });
    }

    SafetyAlert resolve(String alertId, AlertOutcome outcome, @Nullable String note) {
        String by = Caller.current().name();
        return transactions.inTransaction(() -> {
            SafetyAlert alert = alert(alertId);
            boolean planned = plans.of(alert.patientId())
                    .filter(plan -> plan.signedSince(alert.lastTriggeredAt()))
                    .isPresent();
            var events = alert.resolve(outcome, note, planned, by, clock.instant());
            patients.change(alert.patientId(), "lift-safety-flag", outcome.code(), patient -> {
                patient.liftSafetyFlag(alertId);
                return List.of();
            });
            return keep(alert, "resolve-safety-alert", outcome.code(), events);
        });
    }

    private SafetyAlert alert(String alertId) {
        return alerts.forStaff(alertId).orElseThrow(() -> new NotFound("safety-alert", alertId));
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
                    .ifPresent(alert -> keep(alert, "escalate-safety-alert", null, List.of())));
        }
    }

    private SafetyAlert keep(SafetyAlert alert, String action, @Nullable String why, List<PatientEvent> events) {
        SafetyAlert saved = alerts.save(alert);
        announcements.tell(saved.version(), events);
        audit.write(action, saved.resource(), saved.patientId(), saved.version(), why);
        return saved;
    }
}
