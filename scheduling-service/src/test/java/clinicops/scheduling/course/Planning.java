package clinicops.scheduling.course;

import clinicops.scheduling.course.CoursePhases.Gap;
import clinicops.scheduling.course.CoursePlanner.CoursePlan;
import clinicops.scheduling.course.CoursePlanner.PlannedCourse;
import clinicops.scheduling.course.CoursePlanner.Wanted;
import clinicops.scheduling.course.CoursePlanner.WantedPlace;
import clinicops.scheduling.protocol.RuleBook;
import clinicops.scheduling.resource.Block;
import clinicops.scheduling.resource.Place;
import clinicops.scheduling.resource.Roster;
import clinicops.scheduling.resource.Taken;
import clinicops.scheduling.session.CourseTerms;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Asks the planner as the service does, by the files that the clinic goes by. */
final class Planning {
    static final CoursePlanning WEIGHTS = new RuleBook().read("course-planning", CoursePlanning.class);
    static final CoursePhases PHASES = new RuleBook().read("course-phases", CoursePhases.class);

    private Planning() {}

    static Wanted wanted(
            CourseTerms terms,
            String route,
            Block block,
            ZoneId zone,
            String patientId,
            LocalDate from,
            LocalDate until,
            Instant now,
            List<PreferredTime> preferred) {
        return new Wanted(
                patientId,
                Collections.nCopies(terms.sessions(), WantedPlace.ANY),
                PHASES.gaps(route, terms, terms.sessions()),
                terms.courseMinDays(),
                terms.courseMaxDays(),
                block,
                zone,
                from,
                until,
                now,
                null,
                preferred,
                null);
    }

    static CoursePlan plan(Wanted wanted, Roster roster, Taken taken) {
        return CoursePlanner.plan(WEIGHTS, wanted, roster, taken);
    }

    /** The best course of a patient who wants nothing in particular. */
    static Optional<List<Place>> best(
            CourseTerms terms,
            Block block,
            Roster roster,
            ZoneId zone,
            Taken taken,
            String patientId,
            LocalDate from,
            Instant now) {
        return plan(wanted(terms, "iv", block, zone, patientId, from, from.plusDays(90), now, List.of()), roster, taken)
                .courses()
                .stream()
                .findFirst()
                .map(PlannedCourse::places);
    }

    static long gapCost(Gap gap, long apart) {
        long off = gap.halfDaysOff((int) apart);
        return WEIGHTS.gapOffPerHalfDaySquared() * off * off;
    }
}
