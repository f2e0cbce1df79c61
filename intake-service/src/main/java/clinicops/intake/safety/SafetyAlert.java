package clinicops.intake.safety;

import clinicops.chassis.RuleViolation;
import clinicops.intake.patient.PatientEvent;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Somebody may be in danger, and a member of staff must take it up.
 *
 * <p>{@code raised} by answers; climbs from step to step of the {@link Escalation} as time passes, and telephones the person on
 * call where a step says so; {@code acknowledged} by the first who takes the patient up, which ends the climbing and every call
 * that was not placed; {@code resolved} by a clinician, with a safety plan or a documented reason. Until then the patient stays
 * flagged, and whatever else tells of danger is added to this alert: it climbs anew from the first step when that is graver, or
 * when somebody had taken up only what was known before.
 *
 * <p>The first acknowledgement and the first resolution stand: a second one, or a step that falls due at the same moment,
 * never undoes nor hinders it. Nothing but an acknowledgement stops the climbing, a call that fails least of all.
 */
@Document("safetyAlerts")
class SafetyAlert {
    @Id
    private final String id;

    @Version
    private long version;

    private final String patientId;
    private AlertReason reason;
    private RaisedThrough through;
    private String escalationVersion;
    private final Instant raisedAt;
    private List<AlertTrigger> triggers;
    private Instant climbsFrom;
    private int stepsBefore;
    private List<Escalated> escalations;
    private List<Call> calls;
    private @Nullable Instant nextEscalationAt;
    private @Nullable Acknowledgement acknowledgement;
    private List<Acknowledgement> formerAcknowledgements;
    private @Nullable Resolution resolution;

    /** Answers that told of danger, and when they came. */
    record AlertTrigger(AlertReason reason, RaisedThrough raisedThrough, Instant at) {}

    /** A step that was taken: to whom, and when it fell due. */
    record Escalated(String to, Instant at) {}

    record Acknowledgement(String by, Instant at) {}

    /** @param note why, in a clinician's words; null when the safety plan says it */
    record Resolution(AlertOutcome outcome, @Nullable String note, String by, Instant at) {}

    /** Where an alert stands. */
    enum State {
        RAISED,
        ACKNOWLEDGED,
        RESOLVED;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How a call to the person on call stands. */
    enum CallState {
        /** Not placed yet, or to be placed again. */
        WAITING,
        ANSWERED,
        UNANSWERED,
        /** There was nobody to call. */
        NOBODY_ON_CALL,
        /** Somebody acknowledged before it was placed. */
        NOT_NEEDED;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * A call to the person on call.
     *
     * @param at when it fell due
     * @param person who was called; null before
     * @param placedAt when it was last tried; null before
     * @param dueAt when it is to be placed; null when there is nothing more to do
     */
    record Call(
            String id,
            Instant at,
            CallState state,
            @Nullable String person,
            @Nullable Instant placedAt,
            @Nullable Instant dueAt) {
        private Call ended(CallState as) {
            return new Call(id, at, as, person, placedAt, null);
        }
    }

    @PersistenceCreator
    SafetyAlert(
            String id,
            long version,
            String patientId,
            AlertReason reason,
            RaisedThrough through,
            String escalationVersion,
            Instant raisedAt,
            @Nullable List<AlertTrigger> triggers,
            @Nullable Instant climbsFrom,
            @Nullable Integer stepsBefore,
            List<Escalated> escalations,
            List<Call> calls,
            @Nullable Instant nextEscalationAt,
            @Nullable Acknowledgement acknowledgement,
            @Nullable List<Acknowledgement> formerAcknowledgements,
            @Nullable Resolution resolution) {
        this.id = id;
        this.version = version;
        this.patientId = patientId;
        this.reason = reason;
        this.through = through;
        this.escalationVersion = escalationVersion;
        this.raisedAt = raisedAt;
        // one of before triggers were added has but its own
        this.triggers = triggers == null ? List.of(new AlertTrigger(reason, through, raisedAt)) : triggers;
        this.climbsFrom = climbsFrom == null ? raisedAt : climbsFrom;
        this.stepsBefore = stepsBefore == null ? 0 : stepsBefore;
        this.escalations = escalations;
        this.calls = calls;
        this.nextEscalationAt = nextEscalationAt;
        this.acknowledgement = acknowledgement;
        this.formerAcknowledgements = formerAcknowledgements == null ? List.of() : formerAcknowledgements;
        this.resolution = resolution;
    }

    static SafetyAlert raise(
            String id, String patientId, AlertReason reason, RaisedThrough through, Instant at, Escalation escalation) {
        return new SafetyAlert(
                id,
                0,
                patientId,
                reason,
                through,
                escalation.version(),
                at,
                null,
                null,
                null,
                List.of(),
                List.of(),
                escalation.dueAfter(through, 0, at).orElse(null),
                null,
                null,
                null);
    }

    List<PatientEvent> raised() {
        return List.of(new PatientEvent.SafetyAlertRaised(patientId, id, reason.code(), climbsFrom));
    }

    /**
     * Further answers tell of danger before the alert is resolved.
     *
     * @return that it was raised again; nothing when it goes on climbing as it did
     */
    List<PatientEvent> add(AlertTrigger trigger, Escalation escalation) {
        var all = new ArrayList<>(triggers);
        all.add(trigger);
        triggers = List.copyOf(all);
        boolean alone = trigger.raisedThrough() == RaisedThrough.LINK;
        boolean graver = trigger.reason().isGraverThan(reason)
                || (trigger.reason() == reason && alone && through != RaisedThrough.LINK);
        if (!graver && acknowledgement == null) {
            return List.of();
        }
        if (trigger.reason().isGraverThan(reason)) {
            reason = trigger.reason();
        }
        if (acknowledgement != null || alone) {
            // else whoever was alone at first still has to be telephoned
            through = trigger.raisedThrough();
        }
        if (acknowledgement != null) {
            var former = new ArrayList<>(formerAcknowledgements);
            former.add(acknowledgement);
            formerAcknowledgements = List.copyOf(former);
            acknowledgement = null;
        }
        escalationVersion = escalation.version();
        climbsFrom = trigger.at();
        stepsBefore = escalations.size();
        nextEscalationAt = escalation.dueAfter(through, 0, climbsFrom).orElse(null);
        return raised();
    }

    /** What there is to tell somebody who has not heard of the alert yet. */
    List<PatientEvent> standing() {
        var events = new ArrayList<>(raised());
        if (acknowledgement != null) {
            events.add(new PatientEvent.SafetyAlertAcknowledged(
                    patientId, id, acknowledgement.by(), acknowledgement.at()));
        }
        return events;
    }

    /** Takes every step that has fallen due; false when there is none. */
    boolean escalate(Instant now, Escalation escalation) {
        var taken = new ArrayList<>(escalations);
        var due = new ArrayList<>(calls);
        while (nextEscalationAt != null && !nextEscalationAt.isAfter(now)) {
            String to =
                    escalation.stepsOf(through).get(taken.size() - stepsBefore).to();
            if (to.equals(Escalation.ON_CALL)) {
                due.add(new Call(
                        id + "-" + taken.size(), nextEscalationAt, CallState.WAITING, null, null, nextEscalationAt));
            }
            taken.add(new Escalated(to, nextEscalationAt));
            nextEscalationAt = escalation
                    .dueAfter(through, taken.size() - stepsBefore, climbsFrom)
                    .orElse(null);
        }
        boolean any = taken.size() > escalations.size();
        escalations = List.copyOf(taken);
        calls = List.copyOf(due);
        return any;
    }

    /** The call to place now; null when none is due. */
    @Nullable
    Call callDue(Instant now) {
        return calls.stream()
                .filter(call -> call.dueAt() != null && !call.dueAt().isAfter(now))
                .findFirst()
                .orElse(null);
    }

    /** Somebody sets out to place the call: nobody else does before {@code redialAt}, when it counts as failed. */
    void placing(String callId, String person, Instant now, Instant redialAt) {
        change(callId, call -> new Call(call.id(), call.at(), CallState.WAITING, person, now, redialAt));
    }

    /** How the call went; it is not placed again. */
    void called(String callId, CallState as) {
        change(callId, call -> call.ended(as));
    }

    private void change(String callId, UnaryOperator<Call> change) {
        calls = calls.stream()
                .map(call -> call.id().equals(callId) && call.dueAt() != null ? change.apply(call) : call)
                .toList();
    }

    /** Ends the climbing. Nothing happens when somebody has done so before. */
    List<PatientEvent> acknowledge(String by, Instant now) {
        if (acknowledgement != null) {
            return List.of();
        }
        acknowledgement = new Acknowledgement(by, now);
        nextEscalationAt = null;
        calls = calls.stream()
                .map(call -> call.dueAt() == null ? call : call.ended(CallState.NOT_NEEDED))
                .toList();
        return List.of(new PatientEvent.SafetyAlertAcknowledged(patientId, id, by, now));
    }

    /** @param plannedSince true when a safety plan was signed since answers last told of danger */
    List<PatientEvent> resolve(
            AlertOutcome outcome, @Nullable String note, boolean plannedSince, String by, Instant now) {
        if (acknowledgement == null) {
            throw RuleViolation.conflict("acknowledge-first", "nobody has taken the patient up yet");
        }
        if (resolution != null) {
            throw RuleViolation.conflict("alert-resolved", "the alert was resolved before");
        }
        if (outcome == AlertOutcome.SAFETY_PLAN && !plannedSince) {
            throw new RuleViolation(
                            "safety-plan-needed",
                            "no safety plan was signed with the patient since the alert was raised")
                    .withField("outcome");
        }
        if (outcome != AlertOutcome.SAFETY_PLAN && note == null) {
            throw new RuleViolation("reason-needed", "say what was found and done").withField("note");
        }
        resolution = new Resolution(outcome, note, by, now);
        return List.of(new PatientEvent.SafetyAlertResolved(patientId, id, outcome.code(), by, now));
    }

    State state() {
        if (acknowledgement == null) {
            return State.RAISED;
        }
        return resolution == null ? State.ACKNOWLEDGED : State.RESOLVED;
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

    /** The gravest so far. */
    AlertReason reason() {
        return reason;
    }

    /** Decides by which steps it climbs. */
    RaisedThrough through() {
        return through;
    }

    /** Version of the escalation by which it climbs. */
    String escalationVersion() {
        return escalationVersion;
    }

    Instant raisedAt() {
        return raisedAt;
    }

    /** All that told of danger, oldest first. */
    List<AlertTrigger> triggers() {
        return triggers;
    }

    /** When answers last told of danger. */
    Instant lastTriggeredAt() {
        return triggers.getLast().at();
    }

    List<Escalated> escalations() {
        return escalations;
    }

    List<Call> calls() {
        return calls;
    }

    /** When the next step falls due; null after the last one, or the acknowledgement. */
    @Nullable
    Instant nextEscalationAt() {
        return nextEscalationAt;
    }

    /** Who had taken the patient up before it was raised again, oldest first. */
    List<Acknowledgement> formerAcknowledgements() {
        return formerAcknowledgements;
    }

    /** Null while nobody has taken the patient up. */
    @Nullable
    Acknowledgement acknowledgement() {
        return acknowledgement;
    }

    /** Null until a clinician closes the alert. */
    @Nullable
    Resolution resolution() {
        return resolution;
    }
}
