package clinicops.scheduling.course;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.Commands;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.contracts.SchedulingEvent;
import clinicops.outbox.Ids;
import clinicops.outbox.Outbox;
import clinicops.scheduling.course.BoosterWishes.BoosterWish;
import clinicops.scheduling.course.CourseRequests.BookingRequest;
import clinicops.scheduling.course.CourseRequests.CourseAnswer;
import clinicops.scheduling.course.CourseRequests.CourseSession;
import clinicops.scheduling.course.CourseRequests.HoldAnswer;
import clinicops.scheduling.course.CourseRequests.HoldRequest;
import clinicops.scheduling.course.CourseRequests.WantedSession;
import clinicops.scheduling.course.CourseRules.Grounds;
import clinicops.scheduling.hold.CourseHold;
import clinicops.scheduling.hold.CourseHold.HeldSession;
import clinicops.scheduling.hold.HoldDesk;
import clinicops.scheduling.integration.IntegrationDesk;
import clinicops.scheduling.integration.IntegrationWish;
import clinicops.scheduling.resource.Occupancy;
import clinicops.scheduling.resource.Race;
import clinicops.scheduling.session.SessionFollower;
import clinicops.scheduling.session.SessionState;
import clinicops.scheduling.session.Sessions;
import clinicops.scheduling.session.TreatmentSession;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/**
 * Suggests and books whole courses. Course, sessions, occupancy, events and audit row are one transaction; what is
 * suggested is judged by the same rules as what is booked.
 */
@Component
class CourseBooking {
    private static final int MOST_SESSIONS = 200;

    private final Courses courses;
    private final Sessions sessions;
    private final Occupancy occupancy;
    private final CourseRules rules;
    private final HoldDesk holds;
    private final IntegrationDesk integrations;
    private final Commands commands;
    private final Outbox outbox;
    private final Audit audit;
    private final BusinessClock clock;
    private final ObjectProvider<SessionFollower> followers;
    private final BoosterWishes boosters;

    CourseBooking(
            Courses courses,
            Sessions sessions,
            Occupancy occupancy,
            CourseRules rules,
            HoldDesk holds,
            IntegrationDesk integrations,
            Commands commands,
            Outbox outbox,
            Audit audit,
            BusinessClock clock,
            ObjectProvider<SessionFollower> followers,
            BoosterWishes boosters) {
        this.courses = courses;
        this.sessions = sessions;
        this.occupancy = occupancy;
        this.rules = rules;
        this.holds = holds;
        this.integrations = integrations;
        this.commands = commands;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
        this.followers = followers;
        this.boosters = boosters;
    }

    /** @throws RuleViolation {@code place-taken} (409) when any place is gone, or the rule that a wanted session breaks */
    CourseAnswer book(@Nullable String idempotencyKey, BookingRequest request) {
        return Race.orTaken(() -> commands.once(idempotencyKey, request, CourseAnswer.class, () -> book(request)));
    }

    CourseAnswer book(BookingRequest request) {
        holds.makeRoom();
        Grounds grounds = rules.held(request.patientId(), boosterOf(request));
        List<HeldSession> taken = fromHold(request, grounds).orElseGet(() -> claimed(request, grounds));
        return answerNew(grounds, taken, request.integration());
    }

    private @Nullable String boosterOf(BookingRequest request) {
        String holdId = request.holdId();
        return holdId == null
                ? request.boosterId()
                : holds.openOf(request.patientId())
                        .filter(hold -> hold.id().equals(holdId))
                        .map(CourseHold::boosterId)
                        .orElse(request.boosterId());
    }

    private Optional<List<HeldSession>> fromHold(BookingRequest request, Grounds grounds) {
        return Optional.ofNullable(request.holdId()).map(id -> {
            if (request.sessions() != null) {
                throw new RuleViolation("sessions-or-hold", "name the sessions or the hold that has them")
                        .withField("holdId");
            }
            CourseHold hold = holds.book(id, grounds.patientId());
            rules.judgeHeld(grounds, hold.places());
            return hold.sessions();
        });
    }

    private List<HeldSession> claimed(BookingRequest request, Grounds grounds) {
        List<WantedSession> wanted = request.sessions();
        if (wanted == null) {
            throw new RuleViolation("sessions-or-hold", "name the sessions or the hold that has them")
                    .withField("sessions");
        }
        List<HeldSession> sessions = rules.claim(grounds, wanted).stream()
                .map(place -> new HeldSession(Ids.next(), place))
                .toList();
        occupancy.take(sessions.stream()
                .map(session -> grounds.roster().taking(session.sessionId(), grounds.patientId(), session.place()))
                .toList());
        return sessions;
    }

    /** What is taken already becomes a course: few round trips, however many sessions. */
    private CourseAnswer answerNew(Grounds grounds, List<HeldSession> taken, @Nullable IntegrationWish integration) {
        String courseId = Ids.next();
        List<TreatmentSession> made = new ArrayList<>();
        for (HeldSession session : taken) {
            made.add(new TreatmentSession(
                    session.sessionId(),
                    courseId,
                    grounds.patientId(),
                    made.size() + 1,
                    grounds.plan().drug(),
                    grounds.plan().route(),
                    grounds.terms(),
                    session.place()));
        }
        List<TreatmentSession> booked = sessions.saveAll(made);
        BoosterWish booster = grounds.booster();
        TreatmentCourse course = courses.save(TreatmentCourse.of(
                courseId,
                booked,
                booster == null ? null : booster.boosterId(),
                clock.instant(),
                Caller.current().name()));
        if (booster != null) {
            boosters.booked(booster.boosterId(), courseId);
        }
        Outbox.Gathered told = outbox.gather();
        told.append(course.id(), course.version(), List.of(course.booked(booked)));
        booked.forEach(session -> {
            List<SchedulingEvent> events = List.of(session.booked());
            told.append(session.id(), session.version(), events);
            followers.forEach(follower -> follower.followed(session, events));
        });
        told.store();
        integrations.bookWith(integration, booked, grounds.roster());
        audit.write("book-course", "course/" + course.id(), course.patientId(), course.version(), null);
        return answer(course, booked);
    }

    /** Keeps places for a patient, by the rules of booking. */
    HoldAnswer hold(@Nullable String idempotencyKey, HoldRequest request) {
        return Race.orTaken(() -> commands.once(idempotencyKey, request, HoldAnswer.class, () -> {
            holds.makeRoom();
            Grounds grounds = rules.held(request.patientId(), request.boosterId());
            return HoldAnswer.of(holds.hold(
                    grounds.patientId(),
                    rules.claim(grounds, request.sessions()),
                    grounds.roster(),
                    request.boosterId()));
        }));
    }

    CourseAnswer read(String id) {
        TreatmentCourse course = courses.ofClinic(id).orElseThrow(() -> new NotFound("course", id));
        audit.read("read-course", "course/" + id, course.patientId());
        return answer(course);
    }

    /** With the sessions as they are now. */
    CourseAnswer answer(TreatmentCourse course) {
        return answer(course, sessions.ofCourse(course.id(), "", Limit.of(MOST_SESSIONS)));
    }

    private static CourseAnswer answer(TreatmentCourse course, List<TreatmentSession> ofCourse) {
        boolean over = ofCourse.stream().allMatch(session -> session.state().over());
        boolean booked = ofCourse.stream().allMatch(session -> session.state() == SessionState.BOOKED);
        return new CourseAnswer(
                course.id(),
                course.version(),
                course.patientId(),
                course.terms().planId(),
                course.terms().planRevision(),
                course.drug(),
                course.route(),
                course.boosterId() == null ? "course" : "booster",
                over ? "over" : booked ? "booked" : "under-way",
                (int) ofCourse.stream()
                        .filter(session -> session.state() == SessionState.DISCHARGED)
                        .count(),
                Math.max(
                        0,
                        course.terms().sessions()
                                - (int) ofCourse.stream()
                                        .filter(session -> session.state().keepsPlace())
                                        .count()),
                course.replanSince(),
                course.bookedAt(),
                course.bookedBy(),
                ofCourse.stream()
                        .sorted(Comparator.comparingInt(TreatmentSession::number))
                        .map(session -> new CourseSession(
                                session.id(),
                                session.version(),
                                session.number(),
                                session.state().code(),
                                session.place().startsAt(),
                                session.place().endsAt(),
                                session.place().chairId(),
                                session.place().nurseId()))
                        .toList());
    }
}
