package clinicops.scheduling.waitlist;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.DueWork;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.outbox.Ids;
import clinicops.outbox.Outbox;
import clinicops.outbox.Transactions;
import clinicops.scheduling.course.CourseOffers;
import clinicops.scheduling.hold.CourseHold;
import clinicops.scheduling.hold.CourseHold.HoldState;
import clinicops.scheduling.hold.HoldDesk;
import clinicops.scheduling.hold.HoldFollower;
import clinicops.scheduling.protocol.RuleBook;
import clinicops.scheduling.readiness.PatientFacts;
import clinicops.scheduling.readiness.Readiness;
import clinicops.scheduling.resource.Place;
import clinicops.scheduling.resource.Roster;
import clinicops.scheduling.resource.Rosters;
import clinicops.scheduling.session.SessionDesk;
import clinicops.scheduling.session.SessionState;
import clinicops.scheduling.session.Sessions;
import clinicops.scheduling.session.TreatmentSession;
import clinicops.scheduling.waitlist.FreedPlace.PlaceState;
import clinicops.scheduling.waitlist.WaitlistEntry.Offer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.domain.Limit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Offers what becomes free to who waits, one after another. An offer is a hold, so nobody else gets the place while the patient is
 * asked, and its end is the hold's: booked, released or expired. Offers are made while the clinic is open. Several copies of the service may look at one place at once; its
 * version, and the one hold that a patient may have, let one of them win.
 */
@Component
public class FreedPlaceOffers implements DueWork, HoldFollower {
    private static final Logger log = LoggerFactory.getLogger(FreedPlaceOffers.class);
    private static final int AT_ONCE = 100;
    private static final int PAGE = 50;
    private static final int MOST_SESSIONS = 200;
    /** How far the next opening is looked for. */
    private static final int DAYS_AHEAD = 31;

    private final FreedPlaces places;
    private final WaitlistEntries entries;
    private final Sessions sessions;
    private final SessionDesk desk;
    private final CourseOffers courses;
    private final HoldDesk holds;
    private final Readiness readiness;
    private final Rosters rosters;
    private final Outbox outbox;
    private final Transactions transactions;
    private final Audit audit;
    private final BusinessClock clock;
    private final WaitlistTerms terms;

    FreedPlaceOffers(
            FreedPlaces places,
            WaitlistEntries entries,
            Sessions sessions,
            SessionDesk desk,
            CourseOffers courses,
            HoldDesk holds,
            Readiness readiness,
            Rosters rosters,
            Outbox outbox,
            Transactions transactions,
            Audit audit,
            BusinessClock clock,
            RuleBook book) {
        this.places = places;
        this.entries = entries;
        this.sessions = sessions;
        this.desk = desk;
        this.courses = courses;
        this.holds = holds;
        this.readiness = readiness;
        this.rosters = rosters;
        this.outbox = outbox;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
        this.terms = book.read("waitlist-terms", WaitlistTerms.class);
    }

    /** Call inside the transaction in which the place became free. */
    void freed(String route, Instant startsAt, Instant endsAt) {
        Instant now = clock.instant();
        if (!terms.tooLate(startsAt, now)) {
            FreedPlace place = places.save(FreedPlace.of(Ids.next(), route, startsAt, endsAt, now));
            outbox.append(place.id(), place.version(), List.of(place.freed()));
        }
    }

    /** Somebody waits who did not before, or before others. Call inside a transaction. */
    void lookAgain() {
        places.openAgain(clock.instant());
    }

    /**
     * Something of a patient is another: who was not ready may be so now. What nobody wanted is looked at for them, and for nobody
     * else. Call inside the transaction of the news.
     */
    public void mayBeReady(String patientId) {
        entries.lookAgain(patientId, clock.instant());
    }

    /** What of the place came to an end: the offer's hold, or a hold that somebody at the desk made. */
    @Override
    public void ended(CourseHold hold) {
        Optional<WaitlistEntry> offered = entries.offeredBy(hold.id());
        if (offered.isPresent()) {
            offerEnded(offered.get(), hold.state());
        } else if (hold.state() != HoldState.BOOKED) {
            readiness.facts(hold.patientId()).activePlan().ifPresent(plan -> hold.places()
                    .forEach(place -> freed(plan.route(), place.startsAt(), place.endsAt())));
        }
        if (hold.state() != HoldState.BOOKED) {
            // while it lasted nothing else could be held for them
            mayBeReady(hold.patientId());
        }
    }

    private void offerEnded(WaitlistEntry entry, HoldState how) {
        Instant now = clock.instant();
        Optional<FreedPlace> place = places.ofClinic(entry.openOffer().placeId());
        boolean booked = how == HoldState.BOOKED;
        place.ifPresent(known -> places.save(booked ? known.in(PlaceState.TAKEN) : known.passedBy(entry.id())));
        var told = booked ? entry.accepted(now) : entry.waitsOn(how == HoldState.EXPIRED ? "expired" : "refused", now);
        WaitlistEntry saved = entries.save(entry);
        outbox.append(saved.id(), saved.version(), told);
        audit.write("end-offer", "waitlist/" + saved.id(), saved.patientId(), saved.version(), how.name());
    }

    @Override
    public Optional<Instant> nextDueAt() {
        boolean anything = !places.open(Limit.of(1)).isEmpty()
                || !entries.toLookAgain(Limit.of(1)).isEmpty();
        return anything ? somebodyIsThereFrom() : Optional.empty();
    }

    /** Now while the clinic is open, else when it opens: at night nobody asks, and no patient is woken for an hour's offer. */
    private Optional<Instant> somebodyIsThereFrom() {
        Instant now = clock.instant();
        Roster roster = rosters.present();
        return roster.dayOf(now)
                .datesUntil(roster.dayOf(now).plusDays(DAYS_AHEAD))
                .flatMap(day -> roster.openOn(day).stream())
                .filter(open -> open.until().isAfter(now))
                .map(open -> open.from().isAfter(now) ? open.from() : now)
                .findFirst();
    }

    @Scheduled(fixedDelayString = "${clinicops.scheduling.clock-tick}")
    void tick() {
        try {
            List<FreedPlace> open = places.open(Limit.of(AT_ONCE));
            List<WaitlistEntry> ready = entries.toLookAgain(Limit.of(AT_ONCE));
            if ((!open.isEmpty() || !ready.isEmpty())
                    && somebodyIsThereFrom()
                            .filter(from -> !from.isAfter(clock.instant()))
                            .isPresent()) {
                open.forEach(place -> offer(place.id()));
                ready.forEach(entry -> lookFor(entry.id()));
            }
        } catch (DataAccessException e) {
            log.debug("the database is away; the next tick looks again");
        }
    }

    private void offer(String placeId) {
        try {
            transactions.run(() -> places.ofClinic(placeId)
                    .filter(place -> place.state() == PlaceState.OPEN)
                    .ifPresent(this::offerNext));
        } catch (RuleViolation | DataAccessException e) {
            // somebody took the place, or another copy offers it; the next tick looks again
            log.debug("freed place {} is not offered now: {}", placeId, e.getMessage());
        }
    }

    private void lookFor(String entryId) {
        try {
            transactions.run(() -> entries.ofClinic(entryId)
                    .filter(WaitlistEntry::waitsForAnotherLook)
                    .ifPresent(this::offerKept));
        } catch (RuleViolation | DataAccessException e) {
            // somebody took the place, or another copy looks; the next tick does so again
            log.debug("wait-list entry {} is not looked at now: {}", entryId, e.getMessage());
        }
    }

    private void offerKept(WaitlistEntry entry) {
        Instant now = clock.instant();
        if (boosterIsOver(entry)) {
            entry.remove("booster-over");
            WaitlistEntry removed = entries.save(entry);
            audit.write(
                    "leave-waitlist",
                    "waitlist/" + removed.id(),
                    removed.patientId(),
                    removed.version(),
                    "booster-over");
            return;
        }
        for (FreedPlace place : places.kept(now, Limit.of(AT_ONCE))) {
            if (!terms.tooLate(place.startsAt(), now) && !place.passedOver().contains(entry.id())) {
                List<Place> suiting = suiting(entry, place);
                if (!suiting.isEmpty()) {
                    offer(place, entry, suiting, now);
                    return;
                }
            }
        }
        entries.looked(entry.id());
    }

    /** Declined, or withdrawn on a better score. */
    private boolean boosterIsOver(WaitlistEntry entry) {
        String boosterId = entry.boosterId();
        return boosterId != null && !courses.waitsToBeBooked(boosterId, entry.patientId());
    }

    private void offerNext(FreedPlace place) {
        Instant now = clock.instant();
        if (terms.tooLate(place.startsAt(), now)) {
            places.save(place.in(PlaceState.OVER));
            return;
        }
        String after = "";
        List<WaitlistEntry> next;
        do {
            next = entries.waiting(after, Limit.of(PAGE));
            for (WaitlistEntry entry : next) {
                after = entry.queueKey();
                List<Place> suiting = place.passedOver().contains(entry.id()) ? List.of() : suiting(entry, place);
                if (!suiting.isEmpty()) {
                    offer(place, entry, suiting, now);
                    return;
                }
            }
        } while (next.size() == PAGE);
        places.save(place.in(PlaceState.KEPT));
    }

    private void offer(FreedPlace place, WaitlistEntry entry, List<Place> held, Instant now) {
        readiness.hold(entry.patientId());
        CourseHold hold = holds.hold(
                entry.patientId(), held, rosters.present(), terms.reference(), terms.offerFor(place.startsAt(), now));
        Place first = held.getFirst();
        var told = entry.offered(new Offer(
                Ids.next(),
                hold.id(),
                place.id(),
                first.startsAt(),
                first.endsAt(),
                first.chairId(),
                first.nurseId(),
                held.size(),
                hold.heldAt(),
                hold.expiresAt()));
        WaitlistEntry saved = entries.save(entry);
        places.save(place.in(PlaceState.OFFERED));
        outbox.append(saved.id(), saved.version(), told);
        audit.write("offer-place", "waitlist/" + saved.id(), saved.patientId(), saved.version(), null);
    }

    /** What would be held for them; empty when the place does not suit, or a rule stands against it now. */
    private List<Place> suiting(WaitlistEntry entry, FreedPlace place) {
        try {
            if (holds.openOf(entry.patientId()).isPresent()) {
                return List.of();
            }
            List<Place> found = entry.sessionId() == null
                    ? courses.from(entry.patientId(), place.startsAt(), entry.boosterId())
                    : List.of(earlier(entry, entry.sessionId(), place));
            return suits(entry, found.getFirst()) ? found : List.of();
        } catch (RuleViolation | NotFound e) {
            return List.of();
        }
    }

    private boolean suits(WaitlistEntry entry, Place place) {
        return entry.preferred().isEmpty()
                || entry.preferred().stream()
                        .anyMatch(time -> time.holds(place.startsAt(), place.endsAt(), clock.clinicZone()));
    }

    private Place earlier(WaitlistEntry entry, String sessionId, FreedPlace place) {
        TreatmentSession session = sessions.ofClinic(sessionId).orElseThrow(() -> new NotFound("session", sessionId));
        if (session.state() != SessionState.BOOKED
                || !place.startsAt().isBefore(session.place().startsAt())) {
            throw RuleViolation.conflict("not-earlier", "the place is no earlier than the session");
        }
        refuseIfBlocked(readiness.facts(entry.patientId()), sessionId, place.startsAt());
        return desk.placeAt(session, place.startsAt());
    }

    /**
     * Judges the patient's sessions as they would be.
     *
     * @throws RuleViolation the first blocker (409)
     */
    void refuseIfBlocked(PatientFacts facts, String sessionId, Instant startsAt) {
        Stream<Instant> others =
                sessions.ofPatient(facts.patientId(), clock.instant().toString(), Limit.of(MOST_SESSIONS)).stream()
                        .filter(other -> other.state() == SessionState.BOOKED
                                && !other.id().equals(sessionId))
                        .map(other -> other.place().startsAt());
        List<LocalDate> days = Stream.concat(others, Stream.of(startsAt))
                .sorted()
                .map(moment -> LocalDate.ofInstant(moment, clock.clinicZone()))
                .toList();
        readiness.forMoving(facts, days).refusal().ifPresent(refusal -> {
            throw refusal;
        });
    }

    /** How long a place lasts, for a former one of which only the beginning is told. */
    static Instant endOf(Instant formerStartsAt, Place now) {
        return formerStartsAt.plus(Duration.between(now.startsAt(), now.endsAt()));
    }
}
