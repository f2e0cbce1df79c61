package clinicops.scheduling.resource;

import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers on which days a rule holds, a quarter of a year at a time: the planner asks for the same days again and again. */
final class Occurrences {
    private static final int MOST = 5_000;

    /** A rule in a quarter; the rule's own text is the key, so nothing here ever becomes stale. */
    private record Quarterly(RecurrenceRule rule, LocalDate begins) {}

    private final Map<Quarterly, Set<LocalDate>> known = new ConcurrentHashMap<>();

    boolean on(RecurrenceRule rule, LocalDate day) {
        if (known.size() > MOST) {
            known.clear();
        }
        LocalDate begins = day.with(IsoFields.DAY_OF_QUARTER, 1);
        return known.computeIfAbsent(
                        new Quarterly(rule, begins),
                        quarterly -> rule.between(begins, begins.plusMonths(3).minusDays(1)))
                .contains(day);
    }
}
