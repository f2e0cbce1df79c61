package clinicops.scheduling.integration;

import clinicops.chassis.RuleViolation;
import clinicops.contracts.SchedulingEvent;
import clinicops.scheduling.resource.Meeting;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A patient reflects with a therapist on one treatment session, some time after it.
 *
 * <p>In the clinic it has therapist, room and patient to itself; with the patient's own therapist only a day is planned. It is
 * booked, may be moved inside its window, and ends done, missed or cancelled. When the treatment session moves and leaves it
 * outside the window, a planned day follows; a time in the diary does not, because nobody has asked patient and therapist: it is
 * marked as broken until somebody moves or cancels it. When the treatment session is not given, it is cancelled.
 */
@Document("integration_sessions")
final class IntegrationSession {
    @Id
    private final String id;

    @Version
    private long version;

    private final String patientId;
    private final String courseId;
    private final String sessionId;
    private final int sessionNumber;
    private final String therapistId;
    private final int minutes;
    private final String terms;
    private final String bookedBy;
    private LocalDate plannedOn;
    private @Nullable Meeting meeting;
    private Window window;
    private IntegrationState state = IntegrationState.BOOKED;
    private @Nullable String broken;
    private @Nullable Ending ending;
    private String listKey = "";

    /** Where it stands. */
    enum IntegrationState {
        @JsonProperty("booked")
        BOOKED,
        @JsonProperty("done")
        DONE,
        @JsonProperty("missed")
        MISSED,
        @JsonProperty("cancelled")
        CANCELLED
    }

    /** When it may be; both moments are beginnings. */
    record Window(Instant from, Instant until) {
        boolean holds(Instant start) {
            return !start.isBefore(from) && !start.isAfter(until);
        }

        boolean holds(LocalDate day, ZoneId zone) {
            return !day.isBefore(LocalDate.ofInstant(from, zone)) && !day.isAfter(LocalDate.ofInstant(until, zone));
        }
    }

    /**
     * @param reason why it was cancelled; null otherwise
     * @param minutes how long it was; null unless it was held
     */
    record Ending(@Nullable String reason, @Nullable Integer minutes, String by, Instant at) {}

    /** What is reflected on, and with whom. */
    record About(String patientId, String courseId, String sessionId, int sessionNumber, String therapistId) {}

    @PersistenceCreator
    IntegrationSession(
            String id,
            String patientId,
            String courseId,
            String sessionId,
            int sessionNumber,
            String therapistId,
            int minutes,
            String terms,
            String bookedBy,
            LocalDate plannedOn,
            @Nullable Meeting meeting,
            Window window) {
        this.id = id;
        this.patientId = patientId;
        this.courseId = courseId;
        this.sessionId = sessionId;
        this.sessionNumber = sessionNumber;
        this.therapistId = therapistId;
        this.minutes = minutes;
        this.terms = terms;
        this.bookedBy = bookedBy;
        this.plannedOn = plannedOn;
        this.meeting = meeting;
        this.window = window;
    }

    /** @param meeting null with the patient's own therapist */
    static IntegrationSession of(
            String id,
            About about,
            int minutes,
            String terms,
            String by,
            LocalDate plannedOn,
            @Nullable Meeting meeting,
            Window window,
            ZoneId zone) {
        IntegrationSession made = new IntegrationSession(
                id,
                about.patientId(),
                about.courseId(),
                about.sessionId(),
                about.sessionNumber(),
                about.therapistId(),
                minutes,
                terms,
                by,
                plannedOn,
                meeting,
                window);
        made.listKey = made.key(zone);
        return made;
    }

    SchedulingEvent booked() {
        return new SchedulingEvent.IntegrationBooked(
                id, courseId, patientId, therapistId, plannedOn, startsAt(), endsAt());
    }

    /**
     * To another place in the diary, which the roster has given.
     *
     * @throws RuleViolation {@code integration-over} (409), {@code day-only} or {@code integration-window} (422)
     */
    List<SchedulingEvent> move(Meeting to, ZoneId zone) {
        requireBooked();
        if (meeting == null) {
            throw new RuleViolation("day-only", "with the patient's own therapist only the day is planned")
                    .withField("startsAt");
        }
        if (!window.holds(to.startsAt())) {
            throw outside("startsAt");
        }
        LocalDate before = plannedOn;
        meeting = to;
        plannedOn = LocalDate.ofInstant(to.startsAt(), zone);
        broken = null;
        listKey = key(zone);
        return List.of(moved(before));
    }

    /**
     * To another day, with the patient's own therapist.
     *
     * @throws RuleViolation {@code integration-over} (409), {@code time-needed}, {@code in-the-past} or {@code integration-window}
     *     (422)
     */
    List<SchedulingEvent> move(LocalDate to, LocalDate today, ZoneId zone) {
        requireBooked();
        if (meeting != null) {
            throw new RuleViolation("time-needed", "in the clinic a time and a room are needed").withField("startsAt");
        }
        if (to.isBefore(today)) {
            throw new RuleViolation("in-the-past", "the day is over").withField("plannedOn");
        }
        if (!window.holds(to, zone)) {
            throw outside("plannedOn");
        }
        LocalDate before = plannedOn;
        plannedOn = to;
        listKey = key(zone);
        return List.of(moved(before));
    }

    private SchedulingEvent moved(LocalDate before) {
        return new SchedulingEvent.IntegrationMoved(
                id, courseId, patientId, therapistId, before, plannedOn, startsAt(), endsAt());
    }

    private static RuleViolation outside(String field) {
        return new RuleViolation("integration-window", "too soon or too late after the session").withField(field);
    }

    /** The session that is reflected on was moved. */
    List<SchedulingEvent> sessionMoved(Window now, ZoneId zone) {
        window = now;
        Meeting kept = meeting;
        if (kept != null) {
            broken = window.holds(kept.startsAt()) ? null : "session-moved";
            return List.of();
        }
        if (window.holds(plannedOn, zone)) {
            return List.of();
        }
        LocalDate before = plannedOn;
        plannedOn = LocalDate.ofInstant(window.from(), zone);
        listKey = key(zone);
        return List.of(moved(before));
    }

    /** @param reason {@code patient}, {@code clinic} or {@code session-off} */
    List<SchedulingEvent> cancel(String reason, String by, Instant now) {
        requireBooked();
        state = IntegrationState.CANCELLED;
        broken = null;
        ending = new Ending(reason, null, by, now);
        return List.of(new SchedulingEvent.IntegrationCancelled(id, courseId, patientId, reason, now));
    }

    /** @throws RuleViolation {@code integration-over} or {@code not-begun} (409) */
    List<SchedulingEvent> miss(String by, Instant now, ZoneId zone) {
        requireBegun(now, zone);
        state = IntegrationState.MISSED;
        broken = null;
        ending = new Ending(null, null, by, now);
        return List.of(new SchedulingEvent.IntegrationMissed(id, courseId, patientId, now));
    }

    /**
     * @param took minutes face to face
     * @throws RuleViolation {@code integration-over} or {@code not-begun} (409)
     */
    List<SchedulingEvent> done(int took, String by, Instant now, ZoneId zone) {
        requireBegun(now, zone);
        state = IntegrationState.DONE;
        broken = null;
        ending = new Ending(null, took, by, now);
        return List.of(
                new SchedulingEvent.IntegrationDone(id, courseId, patientId, therapistId, took, meeting == null, now));
    }

    private void requireBooked() {
        if (state != IntegrationState.BOOKED) {
            throw RuleViolation.conflict("integration-over", "this integration session is over");
        }
    }

    private void requireBegun(Instant now, ZoneId zone) {
        requireBooked();
        if (now.isBefore(beginning(zone))) {
            throw RuleViolation.conflict("not-begun", "this integration session has not begun");
        }
    }

    private Instant beginning(ZoneId zone) {
        Meeting in = meeting;
        return in == null ? plannedOn.atStartOfDay(zone).toInstant() : in.startsAt();
    }

    private String key(ZoneId zone) {
        return beginning(zone) + "|" + id;
    }

    private @Nullable Instant startsAt() {
        Meeting in = meeting;
        return in == null ? null : in.startsAt();
    }

    private @Nullable Instant endsAt() {
        Meeting in = meeting;
        return in == null ? null : in.endsAt();
    }

    String id() {
        return id;
    }

    long version() {
        return version;
    }

    String patientId() {
        return patientId;
    }

    String courseId() {
        return courseId;
    }

    String sessionId() {
        return sessionId;
    }

    int sessionNumber() {
        return sessionNumber;
    }

    String therapistId() {
        return therapistId;
    }

    int minutes() {
        return minutes;
    }

    String terms() {
        return terms;
    }

    String bookedBy() {
        return bookedBy;
    }

    LocalDate plannedOn() {
        return plannedOn;
    }

    @Nullable
    Meeting meeting() {
        return meeting;
    }

    Window window() {
        return window;
    }

    IntegrationState state() {
        return state;
    }

    @Nullable
    String broken() {
        return broken;
    }

    @Nullable
    Ending ending() {
        return ending;
    }

    String listKey() {
        return listKey;
    }
}
