package clinicops.scheduling.monitor;

import clinicops.scheduling.protocol.Approved;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of alarm-escalation.json: who is told of an alarm that nobody has acknowledged.
 *
 * @param steps in the order in which they fall due, counted from the raising
 * @param stepsOf for kinds that have their own
 * @param againAfterMinutes an acknowledged alarm whose cause goes on is raised again after so long
 */
record AlarmEscalation(
        String id,
        String version,
        String source,
        String approver,
        LocalDate effectiveFrom,
        List<Step> steps,
        Map<String, List<Step>> stepsOf,
        int againAfterMinutes)
        implements Approved {

    /** @param to {@code nurse-at-chair}, {@code nurses} or {@code prescribers} */
    record Step(String to, Duration after) {}

    List<Step> of(String kind) {
        return stepsOf.getOrDefault(kind, steps);
    }

    /** When the step after {@code taken} ones falls due; null after the last. */
    @Nullable
    Instant dueAfter(String kind, int taken, Instant raisedAt) {
        List<Step> ladder = of(kind);
        return taken < ladder.size() ? raisedAt.plus(ladder.get(taken).after()) : null;
    }

    Duration againAfter() {
        return Duration.ofMinutes(againAfterMinutes);
    }
}
