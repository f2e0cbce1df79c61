package clinicops.notification.session;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What notification has to know of a session: when it is, and whether it still is. scheduling owns the rest.
 *
 * <p>It learns facts that may come late, from a dead letter replayed by hand. A fact older than what is known of the same
 * subject is ignored, and a cancelled session stays cancelled.
 */
@Document("sessions")
public final class BookedSession {

    @Id
    private final String id;

    @Version
    private @Nullable Long version;

    private final String courseId;
    private final String patientId;
    private int number;
    private @Nullable String route;
    private Instant startsAt;
    private String turn;
    private String subject;
    private long sequence;
    private boolean hasEscort;
    private boolean cancelled;

    @PersistenceCreator
    BookedSession(
            String id,
            @Nullable Long version,
            String courseId,
            String patientId,
            int number,
            @Nullable String route,
            Instant startsAt,
            String turn,
            String subject,
            long sequence,
            boolean hasEscort,
            boolean cancelled) {
        this.id = id;
        this.version = version;
        this.courseId = courseId;
        this.patientId = patientId;
        this.number = number;
        this.route = route;
        this.startsAt = startsAt;
        this.turn = turn;
        this.subject = subject;
        this.sequence = sequence;
        this.hasEscort = hasEscort;
        this.cancelled = cancelled;
    }

    /** What was heard of a session, and in which event. */
    public record Heard(String eventId, String subject, long sequence) {}

    /** A session that nothing was known of. {@code number} 0 and {@code route} null: not told yet. */
    public static BookedSession first(
            String id,
            String courseId,
            String patientId,
            int number,
            @Nullable String route,
            Instant startsAt,
            Heard heard) {
        return new BookedSession(
                id,
                null,
                courseId,
                patientId,
                number,
                route,
                startsAt,
                heard.eventId(),
                heard.subject(),
                heard.sequence(),
                false,
                false);
    }

    /** Number and route are known now; the time only when nothing newer told of it. */
    public void identify(int number, String route) {
        this.number = number;
        this.route = route;
    }

    /** Whether the session has a new time now; false for old news. */
    public boolean move(Instant newStart, Heard heard) {
        if (cancelled || isOld(heard)) {
            return false;
        }
        startsAt = newStart;
        turn = heard.eventId();
        remember(heard);
        return true;
    }

    /** Whether the session was to be until now. */
    public boolean cancel(Heard heard) {
        boolean was = !cancelled;
        cancelled = true;
        if (!isOld(heard)) {
            remember(heard);
        }
        return was;
    }

    /** Whether no escort was named until now. */
    public boolean nameEscort() {
        boolean had = hasEscort;
        hasEscort = true;
        return !had;
    }

    private boolean isOld(Heard heard) {
        return Objects.equals(subject, heard.subject()) && heard.sequence() < sequence;
    }

    private void remember(Heard heard) {
        subject = heard.subject();
        sequence = heard.sequence();
    }

    public String id() {
        return id;
    }

    public String courseId() {
        return courseId;
    }

    public String patientId() {
        return patientId;
    }

    /** Counts from 1 within the course. */
    public int number() {
        return number;
    }

    public @Nullable String route() {
        return route;
    }

    public Instant startsAt() {
        return startsAt;
    }

    /** Id of the event that gave the session its present time. */
    public String turn() {
        return turn;
    }

    public boolean hasEscort() {
        return hasEscort;
    }

    public boolean isCancelled() {
        return cancelled;
    }
}
