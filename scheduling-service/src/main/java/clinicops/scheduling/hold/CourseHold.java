package clinicops.scheduling.hold;

import clinicops.chassis.RuleViolation;
import clinicops.scheduling.resource.Place;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Places that are kept for a patient for some minutes, while they are asked whether these suit.
 *
 * <p>An open hold takes its places as a booking would, so nobody else gets them. It ends once: it is <em>booked</em>,
 * <em>released</em> by whoever is at the desk, or <em>expires</em>; in the latter two its places are free again. A patient has one
 * open hold at a time.
 *
 * @param sessions the sessions that a booking makes of it, under whose ids the places are taken already
 * @param terms by which it expires, as {@code booking-terms@2026-12}
 * @param expiresAt from then on it can't be booked any more
 * @param boosterId the booster that the place is for; null for a course
 */
@Document("holds")
public record CourseHold(
        @Id String id,
        @Version long version,
        String patientId,
        List<HeldSession> sessions,
        String terms,
        String heldBy,
        Instant heldAt,
        Instant expiresAt,
        HoldState state,
        @Nullable String boosterId) {

    /** A place, and the id that its session will have. */
    public record HeldSession(String sessionId, Place place) {}

    /** Where a hold stands. */
    public enum HoldState {
        OPEN,
        BOOKED,
        RELEASED,
        EXPIRED
    }

    public List<String> sessionIds() {
        return sessions.stream().map(HeldSession::sessionId).toList();
    }

    public List<Place> places() {
        return sessions.stream().map(HeldSession::place).toList();
    }

    boolean isOpen(Instant now) {
        return state == HoldState.OPEN && now.isBefore(expiresAt);
    }

    /** @throws RuleViolation {@code hold-expired} or {@code hold-over} (409) */
    CourseHold book(Instant now) {
        requireOpen(now);
        return in(HoldState.BOOKED);
    }

    /** @throws RuleViolation {@code hold-expired} or {@code hold-over} (409) */
    CourseHold release(Instant now) {
        requireOpen(now);
        return in(HoldState.RELEASED);
    }

    CourseHold expire() {
        return in(HoldState.EXPIRED);
    }

    private void requireOpen(Instant now) {
        if (state == HoldState.BOOKED || state == HoldState.RELEASED) {
            throw RuleViolation.conflict("hold-over", "these places were booked or released already")
                    .withField("holdId");
        }
        if (!isOpen(now)) {
            throw RuleViolation.conflict("hold-expired", "the time for which these places were kept is over")
                    .withField("holdId");
        }
    }

    private CourseHold in(HoldState next) {
        return new CourseHold(id, version, patientId, sessions, terms, heldBy, heldAt, expiresAt, next, boosterId);
    }
}
