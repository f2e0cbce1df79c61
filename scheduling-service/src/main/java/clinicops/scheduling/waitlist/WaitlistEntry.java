package clinicops.scheduling.waitlist;

import clinicops.chassis.RuleViolation;
import clinicops.contracts.SchedulingEvent;
import clinicops.scheduling.course.PreferredTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A patient who waits for a place.
 *
 * <p>They <em>wait</em>, are <em>offered</em> a place that is held for them, and either have it (<em>done</em>) or wait on, no worse
 * placed than before. The entry is <em>removed</em> by the front desk, or when there is nothing left to wait for.
 *
 * <p>Who is asked first: the more urgent; of these the nearer to the last day on which their next session may lie; of these who
 * waits longer.
 */
@Document("waitlist")
final class WaitlistEntry {
    private static final String NO_LIMIT = "9999-12-31";

    @Id
    private final String id;

    @Version
    private long version;

    private final String patientId;
    private final Wanted wants;
    private final @Nullable String sessionId;
    private final @Nullable String boosterId;
    private final List<PreferredTime> preferred;
    private final Instant since;
    private Urgency urgency;
    private @Nullable Raised raised;
    private @Nullable LocalDate gapLimitOn;
    private WaitState state = WaitState.WAITING;
    private String queueKey;
    private @Nullable Offer offer;
    private @Nullable String endedBecause;
    /** Something of the patient is another since; until what nobody wanted was looked at for them. */
    private @Nullable Instant lookAgainSince;

    /** Where an entry stands. */
    enum WaitState {
        WAITING,
        OFFERED,
        DONE,
        REMOVED
    }

    /** A clinician's judgement. */
    record Raised(String why, String by, Instant at) {}

    /**
     * A place that is held for the patient.
     *
     * @param placeId the freed place that it came from
     * @param sessions how many sessions would be booked: one, or a course that begins then
     */
    record Offer(
            String id,
            String holdId,
            String placeId,
            Instant startsAt,
            Instant endsAt,
            String chairId,
            String nurseId,
            int sessions,
            Instant offeredAt,
            Instant expiresAt) {}

    WaitlistEntry(
            String id,
            String patientId,
            Wanted wants,
            @Nullable String sessionId,
            @Nullable String boosterId,
            List<PreferredTime> preferred,
            Urgency urgency,
            @Nullable LocalDate gapLimitOn,
            Instant since) {
        this.id = id;
        this.patientId = patientId;
        this.wants = wants;
        this.sessionId = sessionId;
        this.boosterId = boosterId;
        this.preferred = List.copyOf(preferred);
        this.urgency = urgency;
        this.gapLimitOn = gapLimitOn;
        this.since = since;
        this.queueKey = key();
    }

    /** Sorts the wait-list; unique. */
    private String key() {
        return urgency.ordinal() + "|" + (gapLimitOn == null ? NO_LIMIT : gapLimitOn) + "|"
                + String.format("%015d", since.toEpochMilli()) + "|" + id;
    }

    /** A clinician says how urgent it is. */
    void raise(Urgency to, String why, String by, Instant now) {
        requireOpen();
        if (to.compareTo(urgency) >= 0) {
            throw new RuleViolation("urgency-not-raised", "the entry is as urgent as that already")
                    .withField("urgency");
        }
        urgency = to;
        raised = new Raised(why, by, now);
        queueKey = key();
    }

    /** @return whether it is another day than before */
    boolean limit(@Nullable LocalDate day) {
        if (Objects.equals(day, gapLimitOn)) {
            return false;
        }
        gapLimitOn = day;
        queueKey = key();
        return true;
    }

    List<SchedulingEvent> offered(Offer place) {
        if (state != WaitState.WAITING) {
            throw new IllegalStateException("an offer is open already, or nobody waits");
        }
        state = WaitState.OFFERED;
        offer = place;
        lookAgainSince = null;
        return List.of(new SchedulingEvent.WaitlistOffered(
                place.id(), patientId, place.startsAt(), place.expiresAt(), place.offeredAt()));
    }

    /** @throws RuleViolation {@code no-offer} (409) */
    Offer openOffer() {
        Offer open = offer;
        if (state != WaitState.OFFERED || open == null) {
            throw RuleViolation.conflict("no-offer", "no place is offered to this patient");
        }
        return open;
    }

    /** The patient has the place. */
    List<SchedulingEvent> accepted(Instant now) {
        Offer open = openOffer();
        state = WaitState.DONE;
        endedBecause = "accepted";
        return List.of(new SchedulingEvent.WaitlistOfferEnded(open.id(), patientId, "accepted", now));
    }

    /**
     * The patient waits on.
     *
     * @param outcome {@code refused} or {@code expired}
     */
    List<SchedulingEvent> waitsOn(String outcome, Instant now) {
        Offer open = openOffer();
        state = WaitState.WAITING;
        offer = null;
        return List.of(new SchedulingEvent.WaitlistOfferEnded(open.id(), patientId, outcome, now));
    }

    /**
     * Nobody waits any more. An open offer is given back before.
     *
     * @param because {@code front-desk}, {@code booked}, {@code session-over} or {@code booster-over}
     */
    void remove(String because) {
        requireOpen();
        if (state == WaitState.OFFERED) {
            throw new IllegalStateException("an offer is open");
        }
        state = WaitState.REMOVED;
        lookAgainSince = null;
        endedBecause = because;
    }

    private void requireOpen() {
        if (!isOpen()) {
            throw RuleViolation.conflict("entry-over", "this patient does not wait any more");
        }
    }

    /** Whether a place that suited nobody may suit this patient now. */
    boolean waitsForAnotherLook() {
        return state == WaitState.WAITING && lookAgainSince != null;
    }

    boolean isOpen() {
        return state == WaitState.WAITING || state == WaitState.OFFERED;
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

    Wanted wants() {
        return wants;
    }

    @Nullable
    String sessionId() {
        return sessionId;
    }

    @Nullable
    String boosterId() {
        return boosterId;
    }

    List<PreferredTime> preferred() {
        return preferred;
    }

    Urgency urgency() {
        return urgency;
    }

    @Nullable
    Raised raised() {
        return raised;
    }

    @Nullable
    LocalDate gapLimitOn() {
        return gapLimitOn;
    }

    Instant since() {
        return since;
    }

    WaitState state() {
        return state;
    }

    String queueKey() {
        return queueKey;
    }

    @Nullable
    Offer offer() {
        return offer;
    }
}
