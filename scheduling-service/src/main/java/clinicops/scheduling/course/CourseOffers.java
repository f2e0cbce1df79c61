package clinicops.scheduling.course;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.scheduling.course.CoursePhases.Gap;
import clinicops.scheduling.course.CourseRequests.BookingRequest;
import clinicops.scheduling.course.CourseRequests.FixedSession;
import clinicops.scheduling.course.CourseRequests.SuggestionRequest;
import clinicops.scheduling.course.CourseRequests.WantedSession;
import clinicops.scheduling.course.CourseRules.Grounds;
import clinicops.scheduling.protocol.RuleBook;
import clinicops.scheduling.resource.Place;
import clinicops.scheduling.session.Sessions;
import clinicops.scheduling.session.TreatmentSession;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** What the wait-list may ask of courses: by the rules of suggesting and booking, and by no others. */
@Component
public class CourseOffers {
    private static final int MOST_SESSIONS = 200;

    private final CourseSuggestions suggestions;
    private final CourseRules rules;
    private final CourseBooking booking;
    private final Sessions sessions;
    private final BusinessClock clock;
    private final BoosterWishes boosters;
    private final CoursePhases phases;

    CourseOffers(
            CourseSuggestions suggestions,
            CourseRules rules,
            CourseBooking booking,
            Sessions sessions,
            BusinessClock clock,
            BoosterWishes boosters,
            RuleBook book) {
        this.suggestions = suggestions;
        this.rules = rules;
        this.booking = booking;
        this.sessions = sessions;
        this.clock = clock;
        this.boosters = boosters;
        this.phases = book.read("course-phases", CoursePhases.class);
    }

    /**
     * The places of a whole course whose first session is at that moment. Call inside the transaction that holds them.
     *
     * @param boosterId the booster that is waited for; null for a course
     * @throws RuleViolation the rule that stands against it
     */
    public List<Place> from(String patientId, Instant startsAt, @Nullable String boosterId) {
        List<WantedSession> wanted = suggestions
                .suggest(new SuggestionRequest(
                        patientId,
                        LocalDate.ofInstant(startsAt, clock.clinicZone()),
                        null,
                        null,
                        List.of(new FixedSession(1, startsAt)),
                        boosterId))
                .sessions()
                .stream()
                .map(session -> new WantedSession(session.startsAt(), session.chairId(), session.nurseId()))
                .toList();
        Grounds grounds = rules.held(patientId, boosterId);
        return rules.claim(grounds, wanted);
    }

    /**
     * Books what is held; call inside a transaction.
     *
     * @param boosterId the booster that was waited for; null for a course
     */
    public void book(String patientId, String holdId, @Nullable String boosterId) {
        booking.book(new BookingRequest(patientId, null, holdId, null, boosterId));
    }

    /**
     * Last day by which a booster should be given.
     *
     * @throws NotFound for another patient's
     * @throws RuleViolation {@code booster-over} (409)
     */
    public LocalDate dueBy(String boosterId, String patientId) {
        return boosters.open(boosterId, patientId).dueBy();
    }

    /** False for a booster that was declined, withdrawn or booked, and for another patient's. */
    public boolean waitsToBeBooked(String boosterId, String patientId) {
        try {
            boosters.open(boosterId, patientId);
            return true;
        } catch (RuleViolation | NotFound e) {
            return false;
        }
    }

    /** Last day on which a session may lie after the one before it; empty for the first of its course. */
    public Optional<LocalDate> gapLimit(TreatmentSession session) {
        return sessions.ofCourse(session.courseId(), "", Limit.of(MOST_SESSIONS)).stream()
                .filter(other -> other.state().keepsPlace()
                        && other.place().startsAt().isBefore(session.place().startsAt()))
                .max(Comparator.comparing(other -> other.place().startsAt()))
                .map(before -> LocalDate.ofInstant(before.place().startsAt(), clock.clinicZone())
                        .plusDays(widest(session)));
    }

    private int widest(TreatmentSession session) {
        List<Gap> gaps = phases.gaps(
                session.route(),
                session.terms(),
                Math.max(session.number(), session.terms().sessions()));
        return gaps.get(Math.min(Math.max(session.number() - 2, 0), gaps.size() - 1))
                .mostDays();
    }
}
