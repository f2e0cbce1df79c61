package clinicops.scheduling.course;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.RuleViolation;
import clinicops.scheduling.course.CoursePlanner.CoursePlan;
import clinicops.scheduling.course.CoursePlanner.PlannedCourse;
import clinicops.scheduling.course.CoursePlanner.Wanted;
import clinicops.scheduling.course.CoursePlanner.WantedPlace;
import clinicops.scheduling.course.CourseRequests.FixedSession;
import clinicops.scheduling.course.CourseRequests.PassedOverAnswer;
import clinicops.scheduling.course.CourseRequests.SuggestedCourse;
import clinicops.scheduling.course.CourseRequests.Suggestion;
import clinicops.scheduling.course.CourseRequests.SuggestionRequest;
import clinicops.scheduling.course.CourseRules.Grounds;
import clinicops.scheduling.protocol.RuleBook;
import clinicops.scheduling.readiness.Readiness;
import clinicops.scheduling.resource.Occupancy;
import clinicops.scheduling.resource.Place;
import clinicops.scheduling.resource.Roster;
import clinicops.scheduling.resource.Roster.Slot;
import clinicops.scheduling.resource.Taken;
import clinicops.scheduling.session.CourseTerms;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Suggests whole courses; nothing is kept, and what is suggested passes the judge of what is booked. */
@Component
class CourseSuggestions {
    private final Readiness readiness;
    private final CourseRules rules;
    private final Occupancy occupancy;
    private final Audit audit;
    private final BusinessClock clock;
    private final CoursePhases phases;
    private final CoursePlanning planning;

    CourseSuggestions(
            Readiness readiness,
            CourseRules rules,
            Occupancy occupancy,
            Audit audit,
            BusinessClock clock,
            RuleBook book) {
        this.readiness = readiness;
        this.rules = rules;
        this.occupancy = occupancy;
        this.audit = audit;
        this.clock = clock;
        this.phases = book.read("course-phases", CoursePhases.class);
        this.planning = book.read("course-planning", CoursePlanning.class);
    }

    /**
     * @throws RuleViolation {@code no-place} (409) when nothing fits within the planner's horizon, {@code in-the-past}, {@code
     *     unknown-nurse} or {@code preferred-time} (422), or the first blocker (409)
     */
    Suggestion suggest(SuggestionRequest request) {
        Grounds grounds = rules.grounds(readiness.facts(request.patientId()), request.boosterId());
        LocalDate today = clock.today();
        LocalDate from = request.from() == null ? today : request.from();
        if (from.isBefore(today) || from.isAfter(today.plusYears(1))) {
            throw new RuleViolation("in-the-past", "a course starts between today and a year from today")
                    .withField("from");
        }
        String nurseId = request.nurseId();
        if (nurseId != null
                && grounds.roster().nurses().stream()
                        .noneMatch(nurse -> nurse.id().equals(nurseId))) {
            throw new RuleViolation("unknown-nurse", "there is no such nurse").withField("nurseId");
        }
        CourseTerms terms = grounds.terms();
        Wanted wanted = new Wanted(
                grounds.patientId(),
                places(request.fixed(), grounds),
                phases.gaps(grounds.plan().route(), terms, terms.sessions()),
                terms.sessions() == 1 ? 0 : terms.courseMinDays(),
                terms.courseMaxDays(),
                grounds.block(),
                clock.clinicZone(),
                rules.firstDay(grounds).filter(from::isBefore).orElse(from),
                from,
                clock.instant(),
                nurseId,
                preferred(request.preferred()),
                rules.clearedUntil(grounds.facts()));
        CoursePlan plan = plan(wanted, grounds);
        if (plan.courses().isEmpty()) {
            // a clearance that ends meanwhile is the better reason
            rules.judgeReadiness(grounds, List.of(from.plusDays(planning.horizonDays())));
            throw RuleViolation.conflict("no-place", "no whole course fits within " + planning.horizonDays() + " days");
        }
        rules.judgeReadiness(
                grounds,
                plan.courses().getFirst().places().stream()
                        .map(place -> grounds.roster().dayOf(place.startsAt()))
                        .toList());
        audit.read("suggest-course", "readiness/" + grounds.patientId(), grounds.patientId());
        List<SuggestedCourse> courses =
                plan.courses().stream().map(SuggestedCourse::of).toList();
        return new Suggestion(
                grounds.patientId(),
                courses.getFirst().sessions(),
                courses,
                plan.passedOver().stream().map(PassedOverAnswer::of).toList(),
                List.of(planning.reference(), phases.reference()));
    }

    private List<WantedPlace> places(@Nullable List<FixedSession> fixed, Grounds grounds) {
        List<WantedPlace> places =
                new ArrayList<>(Collections.nCopies(grounds.terms().sessions(), WantedPlace.ANY));
        for (FixedSession session : fixed == null ? List.<FixedSession>of() : fixed) {
            if (session.number() < 1 || session.number() > places.size()) {
                throw new RuleViolation("sessions-of-plan", "the plan has no such session").withField("fixed");
            }
            places.set(session.number() - 1, new WantedPlace(placeAt(session.startsAt(), grounds), true));
        }
        return places;
    }

    /** Any place at that moment, or the rule that stands against it. */
    private Place placeAt(Instant startsAt, Grounds grounds) {
        Roster roster = grounds.roster();
        Instant endsAt = startsAt.plus(grounds.block().length());
        Taken taken = occupancy.taken(grounds.patientId(), startsAt, endsAt, List.of());
        Slot slot = roster.slotsOn(roster.dayOf(startsAt), clock.instant(), grounds.block(), grounds.patientId(), taken)
                .filter(any -> any.startsAt().equals(startsAt))
                .findFirst()
                .orElseThrow(() -> new RuleViolation(
                                "opening-hours", "sessions start on a quarter hour to come, while the clinic is open")
                        .withField("fixed"));
        return slot.places().stream().findFirst().orElseThrow(() -> RuleViolation.conflict(
                        String.valueOf(slot.refusal()), "there is no place then")
                .withField("fixed"));
    }

    /**
     * Reads no more of the diary than can matter: beyond the days at hand no course is better than one whose cost is below that of
     * finishing there.
     */
    private CoursePlan plan(Wanted wanted, Grounds grounds) {
        int window = Math.max(planning.windowDays(), wanted.mostDays() + 2 * 7);
        while (true) {
            LocalDate until = wanted.from().plusDays(Math.min(window, planning.horizonDays()));
            CoursePlan plan = CoursePlanner.plan(
                    planning,
                    wanted.until(until),
                    grounds.roster(),
                    occupancy.taken(
                            wanted.patientId(),
                            clock.instant(),
                            until.plusDays(1).atStartOfDay(clock.clinicZone()).toInstant(),
                            List.of()));
            if (window >= planning.horizonDays() || isBest(plan, window)) {
                return plan;
            }
            window *= 2;
        }
    }

    private boolean isBest(CoursePlan plan, int window) {
        return plan.courses().stream()
                .findFirst()
                .map(PlannedCourse::cost)
                .filter(cost -> cost <= (long) planning.finishPerDay() * (window + 1))
                .isPresent();
    }

    private static List<PreferredTime> preferred(@Nullable List<PreferredTime> wishes) {
        List<PreferredTime> preferred = wishes == null ? List.of() : wishes;
        preferred.forEach(PreferredTime::check);
        return preferred;
    }
}
