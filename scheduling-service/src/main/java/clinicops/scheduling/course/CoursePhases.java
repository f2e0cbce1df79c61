package clinicops.scheduling.course;

import clinicops.scheduling.protocol.Approved;
import clinicops.scheduling.session.CourseTerms;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How far apart the sessions of a course lie.
 *
 * @param routes the phases of each route, in order; none: evenly over the days that the plan asks for
 */
record CoursePhases(
        String id,
        String version,
        String source,
        String approver,
        LocalDate effectiveFrom,
        Map<String, List<SessionPhase>> routes)
        implements Approved {

    /**
     * @param sessions how many sessions it has
     * @param idealHalfDays from one session to the next: 7 is three days and a half, twice a week
     */
    record SessionPhase(int sessions, int leastDays, int idealHalfDays, int mostDays) {}

    /** How far a session may be from the one before it, and how far it had best be. */
    record Gap(int leastDays, int idealHalfDays, int mostDays) {
        /** The same with other limits. */
        Gap between(int least, int most) {
            return new Gap(least, idealHalfDays, most);
        }

        boolean allows(int days) {
            return days >= leastDays && days <= mostDays;
        }

        int halfDaysOff(int days) {
            return Math.abs(2 * days - idealHalfDays);
        }
    }

    /** Before the second session, the third and so on; the plan's own limits cut in. */
    List<Gap> gaps(String route, CourseTerms terms, int sessions) {
        List<SessionPhase> phases = routes.getOrDefault(route, List.of());
        List<Gap> gaps = new ArrayList<>();
        for (int session = 1; session < sessions; session++) {
            if (phases.isEmpty()) {
                int even = (terms.courseMinDays() + terms.courseMaxDays()) / Math.max(1, terms.sessions() - 1);
                int most = Math.max(1, Math.min(terms.widestGapDays(), terms.courseMaxDays()));
                gaps.add(new Gap(terms.gapDays(), Math.min(Math.max(even, 2 * terms.gapDays()), 2 * most), most));
            } else {
                SessionPhase phase = phaseOf(phases, session);
                int least = Math.max(phase.leastDays(), terms.gapDays());
                int most = Math.min(phase.mostDays(), terms.widestGapDays());
                gaps.add(new Gap(Math.min(least, most), phase.idealHalfDays(), most));
            }
        }
        return gaps;
    }

    private static SessionPhase phaseOf(List<SessionPhase> phases, int session) {
        int before = 0;
        for (SessionPhase phase : phases) {
            before += phase.sessions();
            if (session < before) {
                return phase;
            }
        }
        return phases.getLast();
    }
}
