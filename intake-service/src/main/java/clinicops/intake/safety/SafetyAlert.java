package clinicops.intake.safety;

import clinicops.intake.patient.PatientEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Somebody may be in danger, and a member of staff must take it up.
 *
 * <p>Raised once by a screening; climbs from step to step of the {@link Escalation} as time passes; ends when it is
 * acknowledged. The first acknowledgement stands: a second one, or a step that falls due at the same moment, never undoes nor
 * hinders it.
 */
@Document("safetyAlerts")
class SafetyAlert {
    @Id
    private final String id;

    @Version
    private long version;

    private final String patientId;
    private final String reason;
    private final Instant raisedAt;
    private List<Escalated> escalations;
    private @Nullable Instant nextEscalationAt;
    private @Nullable Acknowledgement acknowledgement;

    /** A step that was taken: to whom, and when it fell due. */
    record Escalated(String to, Instant at) {}

    record Acknowledgement(String by, Instant at) {}

    @PersistenceCreator
    SafetyAlert(
            String id,
            long version,
            String patientId,
            String reason,
            Instant raisedAt,
            List<Escalated> escalations,
            @Nullable Instant nextEscalationAt,
            @Nullable Acknowledgement acknowledgement) {
        this.id = id;
        this.version = version;
        this.patientId = patientId;
        this.reason = reason;
        this.raisedAt = raisedAt;
        this.escalations = escalations;
        this.nextEscalationAt = nextEscalationAt;
        this.acknowledgement = acknowledgement;
    }

    /** An alert for a C-SSRS screener of high risk. */
    static SafetyAlert raise(String id, String patientId, Instant at, Escalation escalation) {
        return new SafetyAlert(
                id,
                0,
                patientId,
                "c-ssrs-high",
                at,
                List.of(),
                escalation.dueAfter(0, at).orElse(null),
                null);
    }

    List<PatientEvent> raised() {
        return List.of(new PatientEvent.SafetyAlertRaised(patientId, id, reason, raisedAt));
    }

    /** Takes every step that has fallen due; false when there is none. */
    boolean escalate(Instant now, Escalation escalation) {
        var taken = new ArrayList<>(escalations);
        while (nextEscalationAt != null && !nextEscalationAt.isAfter(now)) {
            taken.add(new Escalated(escalation.steps().get(taken.size()).to(), nextEscalationAt));
            nextEscalationAt = escalation.dueAfter(taken.size(), raisedAt).orElse(null);
        }
        boolean any = taken.size() > escalations.size();
        escalations = List.copyOf(taken);
        return any;
    }

    /** Ends the alert. Nothing happens when it has ended. */
    List<PatientEvent> acknowledge(String by, Instant now) {
        if (acknowledgement != null) {
            return List.of();
        }
        acknowledgement = new Acknowledgement(by, now);
        nextEscalationAt = null;
        return List.of(new PatientEvent.SafetyAlertAcknowledged(patientId, id, by, now));
    }

    String id() {
        return id;
    }

    long version() {
        return version;
    }

    String resource() {
        return "safety-alert/" + id;
    }

    String patientId() {
        return patientId;
    }

    String reason() {
        return reason;
    }

    Instant raisedAt() {
        return raisedAt;
    }

    List<Escalated> escalations() {
        return escalations;
    }

    /** When the next step falls due; null after the last one, or the end. */
    @Nullable
    Instant nextEscalationAt() {
        return nextEscalationAt;
    }

    /** Null while the alert is open. */
    @Nullable
    Acknowledgement acknowledgement() {
        return acknowledgement;
    }
}
