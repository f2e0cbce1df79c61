package clinicops.scheduling.hold;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.DueWork;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.outbox.Ids;
import clinicops.outbox.Transactions;
import clinicops.scheduling.hold.CourseHold.HeldSession;
import clinicops.scheduling.hold.CourseHold.HoldState;
import clinicops.scheduling.protocol.RuleBook;
import clinicops.scheduling.resource.Occupancy;
import clinicops.scheduling.resource.Place;
import clinicops.scheduling.resource.Roster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.Limit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Keeps places for some minutes and gives them back in time. Whether a place may be kept at all is judged by whoever asks, by the
 * rules of booking.
 */
@Component
public class HoldDesk implements DueWork {
    private static final Logger log = LoggerFactory.getLogger(HoldDesk.class);
    private static final int AT_ONCE = 100;

    private final Holds holds;
    private final Occupancy occupancy;
    private final Transactions transactions;
    private final Audit audit;
    private final BusinessClock clock;
    private final ObjectProvider<HoldFollower> followers;
    private final BookingTerms terms;

    HoldDesk(
            Holds holds,
            Occupancy occupancy,
            Transactions transactions,
            Audit audit,
            BusinessClock clock,
            ObjectProvider<HoldFollower> followers,
            RuleBook rules) {
        this.holds = holds;
        this.occupancy = occupancy;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
        this.followers = followers;
        this.terms = rules.read("booking-terms", BookingTerms.class);
    }

    /**
     * Call inside a transaction.
     *
     * @param boosterId the booster that the place is for; null for a course
     * @throws RuleViolation {@code hold-open} (409) while other places are held for the patient; {@code place-taken} (409)
     */
    public CourseHold hold(String patientId, List<Place> places, Roster roster, @Nullable String boosterId) {
        return hold(patientId, places, roster, terms.reference(), Duration.ofMinutes(terms.holdMinutes()), boosterId);
    }

    /**
     * As {@link #hold(String, List, Roster, String)}, by other terms.
     *
     * @param by what sets the time limit, as {@code waitlist-terms@2026-12}
     */
    public CourseHold hold(String patientId, List<Place> places, Roster roster, String by, Duration length) {
        return hold(patientId, places, roster, by, length, null);
    }

    private CourseHold hold(
            String patientId,
            List<Place> places,
            Roster roster,
            String by,
            Duration length,
            @Nullable String boosterId) {
        holds.openOf(patientId).ifPresent(open -> {
            throw RuleViolation.conflict("hold-open", "other places are kept for this patient; release them first")
                    .withField("patientId");
        });
        Instant now = clock.instant();
        CourseHold hold = holds.save(new CourseHold(
                Ids.next(),
                0,
                patientId,
                places.stream().map(place -> new HeldSession(Ids.next(), place)).toList(),
                by,
                Caller.current().name(),
                now,
                now.plus(length),
                HoldState.OPEN,
                boosterId));
        occupancy.take(hold.sessions().stream()
                .map(session -> roster.taking(session.sessionId(), patientId, session.place()))
                .toList());
        audit.write("hold-places", "hold/" + hold.id(), patientId, hold.version(), null);
        return hold;
    }

    /**
     * Makes a booking of a hold; its places stay taken. Call inside the booking's transaction.
     *
     * @throws NotFound for another patient's hold
     * @throws RuleViolation {@code hold-expired} or {@code hold-over} (409)
     */
    public CourseHold book(String id, String patientId) {
        CourseHold hold = holds.ofClinic(id)
                .filter(any -> any.patientId().equals(patientId))
                .orElseThrow(() -> new NotFound("hold", id));
        return ended(holds.save(hold.book(clock.instant())));
    }

    /** The places that are kept for a patient now. */
    public Optional<CourseHold> openOf(String patientId) {
        return holds.openOf(patientId).filter(hold -> hold.isOpen(clock.instant()));
    }

    /** Gives the places back. One that is over already stays as it is: whoever asks wants nothing else. */
    public void release(String id) {
        transactions.run(() -> {
            CourseHold hold = holds.ofClinic(id).orElseThrow(() -> new NotFound("hold", id));
            if (hold.isOpen(clock.instant())) {
                CourseHold released = holds.save(hold.release(clock.instant()));
                occupancy.release(released.sessionIds());
                audit.write("release-hold", "hold/" + id, released.patientId(), released.version(), null);
                ended(released);
            }
        });
    }

    /** Gives back what is over, so that a booking need not wait for the clock's next tick. Call inside its transaction. */
    public void makeRoom() {
        holds.due(clock.instant(), Limit.of(AT_ONCE)).forEach(this::expire);
    }

    private void expire(CourseHold due) {
        CourseHold expired = holds.save(due.expire());
        occupancy.release(expired.sessionIds());
        audit.write("expire-hold", "hold/" + expired.id(), expired.patientId(), expired.version(), null);
        ended(expired);
    }

    private CourseHold ended(CourseHold hold) {
        followers.forEach(follower -> follower.ended(hold));
        return hold;
    }

    @Override
    public Optional<Instant> nextDueAt() {
        return holds.open(Limit.of(1)).stream().map(CourseHold::expiresAt).findFirst();
    }

    @Scheduled(fixedDelayString = "${clinicops.scheduling.clock-tick}")
    void tick() {
        try {
            for (CourseHold due : holds.due(clock.instant(), Limit.of(AT_ONCE))) {
                endOf(due);
            }
        } catch (DataAccessException e) {
            log.debug("the database is away; the next tick looks again");
        }
    }

    private void endOf(CourseHold due) {
        try {
            transactions.run(() -> expire(due));
        } catch (OptimisticLockingFailureException e) {
            // a booking or another copy was faster
            log.debug("hold {} is not open any more", due.id());
        }
    }
}
