package clinicops.scheduling.waitlist;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.Commands;
import clinicops.chassis.NotFound;
import clinicops.chassis.Page;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.outbox.Ids;
import clinicops.outbox.Transactions;
import clinicops.scheduling.course.CourseOffers;
import clinicops.scheduling.course.PreferredTime;
import clinicops.scheduling.hold.CourseHold;
import clinicops.scheduling.hold.HoldDesk;
import clinicops.scheduling.readiness.PatientFacts;
import clinicops.scheduling.readiness.Readiness;
import clinicops.scheduling.session.PlacedSession;
import clinicops.scheduling.session.SessionDesk;
import clinicops.scheduling.session.SessionState;
import clinicops.scheduling.session.Sessions;
import clinicops.scheduling.session.TreatmentSession;
import clinicops.scheduling.waitlist.WaitlistController.WaitRequest;
import clinicops.scheduling.waitlist.WaitlistController.WaitlistAnswer;
import clinicops.scheduling.waitlist.WaitlistEntry.Offer;
import clinicops.scheduling.waitlist.WaitlistEntry.WaitState;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** Who waits, and what they say to what is offered. The offers themselves are made by {@link FreedPlaceOffers}. */
@Component
class WaitlistDesk {
    private static final int MOST_SESSIONS = 200;
    private static final int MOST_ENTRIES = 20;

    private final WaitlistEntries entries;
    private final FreedPlaceOffers offers;
    private final Sessions sessions;
    private final SessionDesk desk;
    private final CourseOffers courses;
    private final HoldDesk holds;
    private final Readiness readiness;
    private final Commands commands;
    private final Transactions transactions;
    private final Audit audit;
    private final BusinessClock clock;

    WaitlistDesk(
            WaitlistEntries entries,
            FreedPlaceOffers offers,
            Sessions sessions,
            SessionDesk desk,
            CourseOffers courses,
            HoldDesk holds,
            Readiness readiness,
            Commands commands,
            Transactions transactions,
            Audit audit,
            BusinessClock clock) {
        this.entries = entries;
        this.offers = offers;
        this.sessions = sessions;
        this.desk = desk;
        this.courses = courses;
        this.holds = holds;
        this.readiness = readiness;
        this.commands = commands;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @throws RuleViolation {@code already-waiting} or {@code course-still-open} (409), {@code session-to-move}, {@code
     *     booster-to-book} or {@code preferred-time} (422); {@code booster-over} (409)
     */
    WaitlistAnswer add(@Nullable String idempotencyKey, WaitRequest request) {
        return commands.once(idempotencyKey, request, WaitlistAnswer.class, () -> {
            String patientId = request.patientId();
            // written again, so that the same wish at the same moment conflicts
            PatientFacts facts = readiness.hold(patientId);
            List<PreferredTime> preferred = request.preferred() == null ? List.of() : request.preferred();
            preferred.forEach(PreferredTime::check);
            if (entries.ofPatient(patientId, "", Limit.of(MOST_ENTRIES)).stream()
                    .anyMatch(other -> other.wants() == request.wants())) {
                throw RuleViolation.conflict("already-waiting", "the patient waits for that already")
                        .withField("wants");
            }
            Optional<TreatmentSession> session = toMove(request);
            if (request.wants() == Wanted.COURSE && readiness.record(patientId).upcomingSessions()) {
                throw RuleViolation.conflict("course-still-open", "sessions of a course are still to come");
            }
            if ((request.wants() == Wanted.BOOSTER) == (request.boosterId() == null)) {
                throw new RuleViolation("booster-to-book", "name the booster that is waited for, and only then")
                        .withField("boosterId");
            }
            WaitlistEntry entry = entries.save(new WaitlistEntry(
                    Ids.next(),
                    patientId,
                    request.wants(),
                    session.map(TreatmentSession::id).orElse(null),
                    request.boosterId(),
                    preferred,
                    facts.urgency().map(Urgency::of).orElse(Urgency.ROUTINE),
                    limitOf(request, session),
                    clock.instant()));
            offers.lookAgain();
            audit.write("join-waitlist", resource(entry.id()), patientId, entry.version(), null);
            return answer(entry);
        });
    }

    private @Nullable LocalDate limitOf(WaitRequest request, Optional<TreatmentSession> session) {
        String boosterId = request.boosterId();
        if (boosterId != null) {
            return courses.dueBy(boosterId, request.patientId());
        }
        return session.isPresent() ? session.flatMap(courses::gapLimit).orElse(null) : request.gapLimitOn();
    }

    /** The one that is named, else the next one. */
    private Optional<TreatmentSession> toMove(WaitRequest request) {
        if (request.wants() != Wanted.EARLIER) {
            if (request.sessionId() != null) {
                throw sessionToMove();
            }
            return Optional.empty();
        }
        String wanted = request.sessionId();
        return Optional.of(
                sessions.ofPatient(request.patientId(), clock.instant().toString(), Limit.of(MOST_SESSIONS)).stream()
                        .filter(session -> session.state() == SessionState.BOOKED
                                && (wanted == null || session.id().equals(wanted)))
                        .findFirst()
                        .orElseThrow(WaitlistDesk::sessionToMove));
    }

    private static RuleViolation sessionToMove() {
        return new RuleViolation(
                        "session-to-move", "a booked session of the patient that is to come earlier, and only then")
                .withField("sessionId");
    }

    WaitlistAnswer raise(String id, @Nullable String ifMatch, Urgency urgency, String reason) {
        return transactions.inTransaction(() -> {
            WaitlistEntry entry = entry(id);
            Versions.require(ifMatch, entry.version(), resource(id));
            entry.raise(urgency, reason, Caller.current().name(), clock.instant());
            WaitlistEntry saved = entries.save(entry);
            offers.lookAgain();
            audit.write("raise-urgency", resource(id), saved.patientId(), saved.version(), reason);
            return answer(saved);
        });
    }

    /**
     * Books what is offered, or moves the session there, by the rules of then.
     *
     * @throws RuleViolation {@code no-offer}, {@code hold-expired} or {@code hold-over} (409), or the rule that stands against it
     */
    WaitlistAnswer accept(String id, @Nullable String ifMatch) {
        return transactions.inTransaction(() -> {
            WaitlistEntry entry = entry(id);
            Versions.require(ifMatch, entry.version(), resource(id));
            Offer offer = entry.openOffer();
            String sessionId = entry.sessionId();
            if (sessionId == null) {
                courses.book(entry.patientId(), offer.holdId(), entry.boosterId());
            } else {
                PatientFacts facts = readiness.hold(entry.patientId());
                CourseHold hold = holds.book(offer.holdId(), entry.patientId());
                offers.refuseIfBlocked(facts, sessionId, offer.startsAt());
                desk.moveToHeld(sessionId, hold.places().getFirst(), hold.sessionIds(), "wait-list");
            }
            WaitlistEntry done = entry(id);
            audit.write("accept-offer", resource(id), done.patientId(), done.version(), null);
            return answer(done);
        });
    }

    /** @throws RuleViolation {@code no-offer} or {@code hold-expired} (409) */
    WaitlistAnswer refuse(String id, @Nullable String ifMatch) {
        return transactions.inTransaction(() -> {
            WaitlistEntry entry = entry(id);
            Versions.require(ifMatch, entry.version(), resource(id));
            Offer offer = entry.openOffer();
            if (!clock.instant().isBefore(offer.expiresAt())) {
                throw RuleViolation.conflict("hold-expired", "the time for which the place was kept is over");
            }
            holds.release(offer.holdId());
            WaitlistEntry waiting = entry(id);
            audit.write("refuse-offer", resource(id), waiting.patientId(), waiting.version(), null);
            return answer(waiting);
        });
    }

    /** Nobody waits any more; one that is over stays as it is. */
    void remove(String id) {
        transactions.run(() -> {
            if (entry(id).isOpen()) {
                end(id, "front-desk");
            }
        });
    }

    /** Call inside a transaction. */
    void end(String id, String because) {
        WaitlistEntry entry = entry(id);
        if (entry.state() == WaitState.OFFERED) {
            // an offer whose time is over is given back by the clock, or here
            holds.makeRoom();
            Offer offer = entry.openOffer();
            holds.release(offer.holdId());
            entry = entry(id);
        }
        entry.remove(because);
        WaitlistEntry removed = entries.save(entry);
        audit.write("leave-waitlist", resource(id), removed.patientId(), removed.version(), because);
    }

    /** A session of the patient is booked, moved or over: keeps what waits for it in step. Call inside its transaction. */
    void sessionChanged(TreatmentSession session, boolean newCourse) {
        for (WaitlistEntry entry : entries.ofPatient(session.patientId(), "", Limit.of(MOST_ENTRIES))) {
            String waitsFor = entry.sessionId();
            if (waitsFor == null) {
                if (newCourse) {
                    end(entry.id(), "booked");
                }
            } else if (waitsFor.equals(session.id()) && session.state() != SessionState.BOOKED) {
                end(entry.id(), "session-over");
            } else {
                LocalDate limit =
                        sessions.ofClinic(waitsFor).flatMap(courses::gapLimit).orElse(null);
                if (entry.limit(limit)) {
                    entries.save(entry);
                }
            }
        }
    }

    /** As they are told: when the sessions that are to come earlier are now is asked for all at once. */
    Page<WaitlistAnswer> answers(Page<WaitlistEntry> page) {
        Map<String, Instant> now = sessions
                .placedOnes(page.items().stream()
                        .flatMap(entry -> Stream.ofNullable(entry.sessionId()))
                        .toList())
                .stream()
                .collect(Collectors.toMap(
                        PlacedSession::id, session -> session.place().startsAt()));
        return page.map(entry -> WaitlistAnswer.of(entry, now.get(entry.sessionId())));
    }

    List<WaitlistEntry> inOrder(@Nullable String patientId, String after, int most) {
        return patientId == null
                ? entries.inOrder(after, Limit.of(most))
                : entries.ofPatient(patientId, after, Limit.of(most));
    }

    WaitlistAnswer answer(WaitlistEntry entry) {
        return answers(new Page<>(List.of(entry), null)).items().getFirst();
    }

    private WaitlistEntry entry(String id) {
        return entries.ofClinic(id).orElseThrow(() -> new NotFound("waitlist entry", id));
    }

    private static String resource(String id) {
        return "waitlist/" + id;
    }
}
