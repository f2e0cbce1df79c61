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
import clinicops.scheduling.course.CourseRequests.BookingRequest;
import clinicops.scheduling.course.CourseRequests.CourseAnswer;
import clinicops.scheduling.course.CourseRequests.CourseSession;
import clinicops.scheduling.course.CourseRequests.SuggestedSession;
import clinicops.scheduling.course.CourseRequests.Suggestion;
import clinicops.scheduling.course.CourseRequests.SuggestionRequest;
import clinicops.scheduling.course.CourseRequests.WantedSession;
import clinicops.scheduling.protocol.Protocol;
import clinicops.scheduling.readiness.PatientFacts;
import clinicops.scheduling.readiness.Readiness;
import clinicops.scheduling.readiness.Verdict;
import clinicops.scheduling.resource.Block;
import clinicops.scheduling.resource.Occupancy;
import clinicops.scheduling.resource.Place;
import clinicops.scheduling.resource.Roster;
import clinicops.scheduling.resource.Rosters;
import clinicops.scheduling.resource.Taken;
import clinicops.scheduling.session.CourseTerms;
import clinicops.scheduling.session.SessionFollower;
import clinicops.scheduling.session.SessionState;
import clinicops.scheduling.session.Sessions;
import clinicops.scheduling.session.TreatmentSession;
import com.mongodb.MongoException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/**
 * Suggests and books whole courses. Course, sessions, occupancy, events and audit row are one transaction; what is
 * suggested is judged by the same rules as what is booked.
 */
@Component
class CourseBooking {
    private static final int MOST_SESSIONS = 200;
    /** MongoDB's error code. */
    private static final int WRITE_CONFLICT = 112;

    private final Courses courses;
    private final Sessions sessions;
    private final Rosters rosters;
    private final Occupancy occupancy;
    private final Readiness readiness;
    private final Commands commands;
    private final Outbox outbox;
    private final Audit audit;
    private final Protocol protocol;
    private final BusinessClock clock;
    private final ObjectProvider<SessionFollower> followers;

    CourseBooking(
            Courses courses,
            Sessions sessions,
            Rosters rosters,
            Occupancy occupancy,
            Readiness readiness,
            Commands commands,
            Outbox outbox,
            Audit audit,
            Protocol protocol,
            BusinessClock clock,
            ObjectProvider<SessionFollower> followers) {
        this.courses = courses;
        this.sessions = sessions;
        this.rosters = rosters;
        this.occupancy = occupancy;
        this.readiness = readiness;
        this.commands = commands;
        this.outbox = outbox;
        this.audit = audit;
        this.protocol = protocol;
        this.clock = clock;
        this.followers = followers;
    }

    /**
     * @throws RuleViolation {@code no-place} (409) when nothing fits within the planner's horizon, {@code in-the-past} (422),
     *     or the first blocker (409)
     */
    Suggestion suggest(SuggestionRequest request) {
        PatientFacts facts = readiness.facts(request.patientId());
        refuseIfBlocked(readiness.forBooking(facts, List.of()));
        Roster roster = rosters.present();
        roster.requireCover();
        PatientFacts.Plan plan = facts.activePlan().orElseThrow();
        CourseTerms terms = terms(plan);
        LocalDate today = clock.today();
        LocalDate from = request.from() == null ? today : request.from();
        if (from.isBefore(today) || from.isAfter(today.plusYears(1))) {
            throw new RuleViolation("in-the-past", "a course starts between today and a year from today")
                    .withField("from");
        }
        LocalDate afterLastDose = readiness
                .record(facts.patientId())
                .lastDose()
                .map(last -> last.plusDays(terms.gapDays()))
                .filter(from::isBefore)
                .orElse(from);
        Instant until = afterLastDose
                .plusDays(CoursePlanner.HORIZON_DAYS + terms.courseMaxDays() + 1L)
                .atStartOfDay(clock.clinicZone())
                .toInstant();
        List<Place> places = CoursePlanner.plan(
                        terms,
                        block(plan),
                        roster,
                        occupancy.taken(facts.patientId(), clock.instant(), until, List.of()),
                        facts.patientId(),
                        afterLastDose,
                        clock.instant())
                .orElseThrow(() -> RuleViolation.conflict(
                        "no-place", "no whole course fits within " + CoursePlanner.HORIZON_DAYS + " days"));
        refuseIfBlocked(readiness.forBooking(facts, days(places, roster)));
        audit.read("suggest-course", "readiness/" + facts.patientId(), facts.patientId());
        List<SuggestedSession> suggested = new ArrayList<>();
        for (Place place : places) {
            suggested.add(new SuggestedSession(
                    suggested.size() + 1, place.startsAt(), place.endsAt(), place.chairId(), place.nurseId()));
        }
        return new Suggestion(facts.patientId(), suggested);
    }

    /** @throws RuleViolation {@code place-taken} (409) when any place is gone, or the rule that a wanted session breaks */
    CourseAnswer book(@Nullable String idempotencyKey, BookingRequest request) {
        try {
            return commands.once(idempotencyKey, request, CourseAnswer.class, () -> book(request));
        } catch (DataAccessException | MongoException e) {
            // bookings that race for the same places abort each other; after the last try somebody else has them
            if (isWriteConflict(e)) {
                throw Roster.placeTaken("others are booking the same places at this moment");
            }
            throw e;
        }
    }

    private CourseAnswer book(BookingRequest request) {
        PatientFacts facts = readiness.hold(request.patientId());
        Roster roster = rosters.present();
        List<LocalDate> days = request.sessions().stream()
                .map(wanted -> roster.dayOf(wanted.startsAt()))
                .toList();
        refuseIfBlocked(readiness.forBooking(facts, days));
        roster.requireCover();
        PatientFacts.Plan plan = facts.activePlan().orElseThrow();
        CourseTerms terms = terms(plan);
        terms.check(days);
        readiness
                .record(facts.patientId())
                .lastDose()
                .filter(last -> days.getFirst().isBefore(last.plusDays(terms.gapDays())))
                .ifPresent(last -> {
                    throw new RuleViolation("session-gap", "the first session is too near the last dose")
                            .withField("sessions");
                });

        List<Place> places = claim(request.sessions(), roster, plan, facts.patientId());
        String courseId = Ids.next();
        List<TreatmentSession> booked = new ArrayList<>();
        for (Place place : places) {
            TreatmentSession session = new TreatmentSession(
                    Ids.next(),
                    courseId,
                    facts.patientId(),
                    booked.size() + 1,
                    plan.drug(),
                    plan.route(),
                    terms,
                    place);
            booked.add(sessions.save(session));
        }
        occupancy.take(booked.stream()
                .map(session -> roster.taking(session.id(), session.patientId(), session.place()))
                .toList());
        Caller caller = Caller.current();
        TreatmentCourse course = courses.save(TreatmentCourse.of(courseId, booked, clock.instant(), caller.name()));
        outbox.append(course.id(), course.version(), List.of(course.booked(booked)));
        booked.forEach(session -> {
            List<SchedulingEvent> events = List.of(session.booked());
            outbox.append(session.id(), session.version(), events);
            followers.forEach(follower -> follower.followed(session, events));
        });
        audit.write("book-course", "course/" + course.id(), course.patientId(), course.version(), null);
        return answer(course, booked);
    }

    private List<Place> claim(List<WantedSession> wanted, Roster roster, PatientFacts.Plan plan, String patientId) {
        Block block = block(plan);
        Instant first = wanted.getFirst().startsAt();
        Instant last = wanted.getLast().startsAt().plus(block.length());
        Taken taken = occupancy.taken(patientId, first, last, List.of());
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            WantedSession session = wanted.get(i);
            try {
                places.add(roster.claim(
                        session.startsAt(),
                        session.chairId(),
                        session.nurseId(),
                        clock.instant(),
                        block,
                        patientId,
                        taken));
            } catch (RuleViolation refused) {
                throw refused.field() == null ? refused : refused.withField("sessions[" + i + "]." + refused.field());
            }
        }
        return places;
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
                over ? "over" : booked ? "booked" : "under-way",
                (int) ofCourse.stream()
                        .filter(session -> session.state() == SessionState.DISCHARGED)
                        .count(),
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

    private static void refuseIfBlocked(Verdict verdict) {
        verdict.refusal().ifPresent(refusal -> {
            throw refusal;
        });
    }

    private static CourseTerms terms(PatientFacts.Plan plan) {
        return new CourseTerms(
                plan.planId(),
                plan.revision(),
                plan.sessions(),
                plan.minGapDays(),
                plan.courseMinDays(),
                plan.courseMaxDays());
    }

    private Block block(PatientFacts.Plan plan) {
        return Block.of(protocol.times().of(plan.route()));
    }

    private static List<LocalDate> days(List<Place> places, Roster roster) {
        return places.stream().map(place -> roster.dayOf(place.startsAt())).toList();
    }

    private static boolean isWriteConflict(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MongoException mongo && mongo.getCode() == WRITE_CONFLICT) {
                return true;
            }
        }
        return false;
    }
}
