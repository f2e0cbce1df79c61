package clinicops.scheduling.course;

import clinicops.scheduling.resource.Block;
import clinicops.scheduling.resource.Place;
import clinicops.scheduling.resource.Roster;
import clinicops.scheduling.resource.Taken;
import clinicops.scheduling.session.CourseTerms;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds places for a whole course: the earliest possible first day, from there as evenly spaced as the clinic's free places
 * allow, and of equally even courses the shortest. Pure: the same question has the same answer.
 */
final class CoursePlanner {
    /** How far ahead the first session is looked for. */
    static final int HORIZON_DAYS = 90;

    private final Roster roster;
    private final Taken taken;
    private final String patientId;
    private final CourseTerms terms;
    private final Block block;
    private final Instant notBefore;
    private final Map<LocalDate, Optional<Place>> earliest = new HashMap<>();

    private CoursePlanner(
            Roster roster, Taken taken, String patientId, CourseTerms terms, Block block, Instant notBefore) {
        this.roster = roster;
        this.taken = taken;
        this.patientId = patientId;
        this.terms = terms;
        this.block = block;
        this.notBefore = notBefore;
    }

    /**
     * @param block what each session needs
     * @param from first day that the patient can come
     * @param now nothing is offered before
     * @return the places in order; empty when nothing fits within {@value #HORIZON_DAYS} days
     */
    static Optional<List<Place>> plan(
            CourseTerms terms, Block block, Roster roster, Taken taken, String patientId, LocalDate from, Instant now) {
        CoursePlanner planner = new CoursePlanner(roster, taken, patientId, terms, block, now);
        for (int ahead = 0; ahead <= HORIZON_DAYS; ahead++) {
            Optional<List<Place>> course = planner.startingOn(from.plusDays(ahead));
            if (course.isPresent()) {
                return course;
            }
        }
        return Optional.empty();
    }

    private Optional<Place> earliestOn(LocalDate day) {
        return earliest.computeIfAbsent(day, d -> roster.earliestOn(d, notBefore, block, patientId, taken));
    }

    private Optional<List<Place>> startingOn(LocalDate first) {
        if (earliestOn(first).isEmpty()) {
            return Optional.empty();
        }
        if (terms.sessions() == 1) {
            return earliestOn(first).map(List::of);
        }
        List<LocalDate> free = new ArrayList<>();
        for (int ahead = 0; ahead <= terms.courseMaxDays(); ahead++) {
            if (earliestOn(first.plusDays(ahead)).isPresent()) {
                free.add(first.plusDays(ahead));
            }
        }
        return mostEven(free)
                .map(days ->
                        days.stream().map(day -> earliestOn(day).orElseThrow()).toList());
    }

    /**
     * Chooses days out of the free ones, beginning with the first. Even means a small variance of the gaps; for one length of
     * course that is a small sum of squared gaps, which a shortest path finds day by day.
     */
    private Optional<List<LocalDate>> mostEven(List<LocalDate> free) {
        int gaps = terms.sessions() - 1;
        int minGap = terms.gapDays();
        long[][] cost = new long[gaps + 1][free.size()];
        int[][] before = new int[gaps + 1][free.size()];
        for (long[] row : cost) {
            Arrays.fill(row, Long.MAX_VALUE);
        }
        cost[0][0] = 0;
        for (int session = 1; session <= gaps; session++) {
            for (int day = session; day < free.size(); day++) {
                for (int previous = session - 1; previous < day; previous++) {
                    long gap = ChronoUnit.DAYS.between(free.get(previous), free.get(day));
                    if (gap < minGap || cost[session - 1][previous] == Long.MAX_VALUE) {
                        continue;
                    }
                    long sum = cost[session - 1][previous] + gap * gap;
                    if (sum < cost[session][day]) {
                        cost[session][day] = sum;
                        before[session][day] = previous;
                    }
                }
            }
        }
        @Nullable Integer last = null;
        long leastUneven = Long.MAX_VALUE;
        for (int day = 0; day < free.size(); day++) {
            long length = ChronoUnit.DAYS.between(free.getFirst(), free.get(day));
            if (length < terms.courseMinDays() || cost[gaps][day] == Long.MAX_VALUE) {
                continue;
            }
            long uneven = gaps * cost[gaps][day] - length * length;
            if (uneven < leastUneven) {
                leastUneven = uneven;
                last = day;
            }
        }
        if (last == null) {
            return Optional.empty();
        }
        List<LocalDate> days = new ArrayList<>();
        int day = last;
        for (int session = gaps; session >= 0; session--) {
            days.add(free.get(day));
            day = before[session][day];
        }
        Collections.reverse(days);
        return Optional.of(days);
    }
}
