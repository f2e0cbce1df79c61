package clinicops.scheduling.monitor;

import clinicops.contracts.SchedulingEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Somebody has to look after a patient now. It is <em>raised</em>, climbs from the nurse at the chair to the prescribers until
 * somebody <em>acknowledges</em> it, as what it is or as an artefact, and is <em>closed</em> when, besides, its cause is over: a
 * value that is well again, a reading that was overdue and came, the end of the session. Help and a patient who left have no
 * cause that goes on: acknowledging closes them. A value that stays bad is told by the next reading; a reading that does not come
 * is told by nothing, so its alarm comes due again by the clock after somebody has acknowledged it.
 *
 * <p>Invariants: one alarm of a kind is not closed at a time for each session, so that one cause sounds once. Whatever happens
 * to the value, nobody is spared the acknowledgement. Rows, not timers: a restart loses nothing.
 */
@Document("alarms")
final class Alarm {
    private static final Set<String> OF_A_MOMENT = Set.of("help", "left-against-advice", "transferred");
    /** Its cause goes on as long as nothing comes in. */
    private static final String OF_SILENCE = "reading-overdue";

    @Id
    private final String id;

    @Version
    private long version;

    private final String sessionId;
    private final String patientId;
    private final String chairId;
    private final String nurseId;
    private final String kind;
    private final String escalation;
    private final Instant raisedAt;
    private @Nullable Measured measured;
    private List<Told> told;
    private @Nullable Instant nextEscalationAt;
    private @Nullable Acknowledgement acknowledgement;
    private @Nullable Instant overAt;
    private boolean closed;

    /** @param limit the last value that would have been well */
    record Measured(int value, int limit, Instant takenAt) {}

    /** A step that was taken: to whom, and when it fell due. */
    record Told(String to, Instant at) {}

    /** @param artefact the value was none of the patient's */
    record Acknowledgement(String by, Instant at, boolean artefact) {}

    @PersistenceCreator
    Alarm(
            String id,
            long version,
            String sessionId,
            String patientId,
            String chairId,
            String nurseId,
            String kind,
            String escalation,
            Instant raisedAt,
            @Nullable Measured measured,
            List<Told> told,
            @Nullable Instant nextEscalationAt,
            @Nullable Acknowledgement acknowledgement,
            @Nullable Instant overAt,
            boolean closed) {
        this.id = id;
        this.version = version;
        this.sessionId = sessionId;
        this.patientId = patientId;
        this.chairId = chairId;
        this.nurseId = nurseId;
        this.kind = kind;
        this.escalation = escalation;
        this.raisedAt = raisedAt;
        this.measured = measured;
        this.told = told;
        this.nextEscalationAt = nextEscalationAt;
        this.acknowledgement = acknowledgement;
        this.overAt = overAt;
        this.closed = closed;
    }

    /** Where an alarm belongs. */
    record At(String sessionId, String patientId, String chairId, String nurseId) {}

    /** @param measured null for what is not measured */
    static Alarm raise(
            String id, At at, String kind, @Nullable Measured measured, Instant now, AlarmEscalation escalation) {
        Alarm alarm = new Alarm(
                id,
                0,
                at.sessionId(),
                at.patientId(),
                at.chairId(),
                at.nurseId(),
                kind,
                escalation.reference(),
                now,
                measured,
                List.of(),
                escalation.dueAfter(kind, 0, now),
                null,
                null,
                false);
        alarm.escalate(now, escalation);
        return alarm;
    }

    List<SchedulingEvent> raised() {
        return List.of(new SchedulingEvent.AlarmRaised(id, sessionId, patientId, kind, raisedAt));
    }

    /** Takes every step that has fallen due; false when there is none. */
    boolean escalate(Instant now, AlarmEscalation escalation) {
        if (acknowledgement != null) {
            return false;
        }
        var taken = new ArrayList<>(told);
        while (nextEscalationAt != null && !nextEscalationAt.isAfter(now)) {
            taken.add(new Told(escalation.of(kind).get(taken.size()).to(), nextEscalationAt));
            nextEscalationAt = escalation.dueAfter(kind, taken.size(), raisedAt);
        }
        boolean any = taken.size() > told.size();
        told = List.copyOf(taken);
        return any;
    }

    /**
     * Ends the climbing. Nothing happens when somebody has done so before.
     *
     * @param againAfter so long a reading may still be missing before its alarm is raised anew
     */
    List<SchedulingEvent> acknowledge(String by, boolean artefact, Instant now, Duration againAfter) {
        if (acknowledgement != null) {
            return List.of();
        }
        acknowledgement = new Acknowledgement(by, now, artefact);
        closed = overAt != null || OF_A_MOMENT.contains(kind);
        nextEscalationAt = kind.equals(OF_SILENCE) && !closed ? now.plus(againAfter) : null;
        return List.of(new SchedulingEvent.AlarmAcknowledged(id, sessionId, patientId, by, artefact, now));
    }

    /**
     * Its cause goes on.
     *
     * @return whether it has to be raised anew, after an acknowledgement that is long ago; this one is closed then
     */
    boolean goesOn(@Nullable Measured again, Instant now, Duration againAfter) {
        measured = again == null ? measured : again;
        overAt = null;
        Acknowledgement seen = acknowledgement;
        closed = seen != null && !now.isBefore(seen.at().plus(againAfter));
        if (closed) {
            nextEscalationAt = null;
        }
        return closed;
    }

    /** Its cause is over; false when that is known. */
    boolean over(Instant at) {
        if (overAt != null) {
            return false;
        }
        overAt = at;
        closed = acknowledgement != null;
        if (closed) {
            nextEscalationAt = null;
        }
        return true;
    }

    String id() {
        return id;
    }

    long version() {
        return version;
    }

    String resource() {
        return "alarm/" + id;
    }

    String sessionId() {
        return sessionId;
    }

    String patientId() {
        return patientId;
    }

    String chairId() {
        return chairId;
    }

    String nurseId() {
        return nurseId;
    }

    String kind() {
        return kind;
    }

    Instant raisedAt() {
        return raisedAt;
    }

    /** The newest value that broke the limit; null for what is not measured. */
    @Nullable
    Measured measured() {
        return measured;
    }

    List<Told> told() {
        return told;
    }

    /** Whether somebody has seen to it, and its cause goes on. */
    boolean acknowledgedInVain() {
        return acknowledgement != null && !closed;
    }

    /** Where it belongs. */
    At at() {
        return new At(sessionId, patientId, chairId, nurseId);
    }

    /** When the next step falls due; null after the last one, or the acknowledgement unless a reading is still missing. */
    @Nullable
    Instant nextEscalationAt() {
        return nextEscalationAt;
    }

    /** Null while nobody has looked. */
    @Nullable
    Acknowledgement acknowledgement() {
        return acknowledgement;
    }

    /** When its cause was over; null while it goes on. */
    @Nullable
    Instant overAt() {
        return overAt;
    }

    boolean closed() {
        return closed;
    }
}
