package clinicops.scheduling.readiness;

import clinicops.chassis.RuleViolation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The answer to "can this patient be booked?" or "can this patient be treated today?".
 *
 * @param softHolds findings that a clinician has to weigh; they are recorded and stop nothing
 * @param payment what pays for the (next) session; null when nothing does
 */
public record Verdict(
        List<Blocker> blockers,
        List<String> softHolds,
        @Nullable PaymentSource payment) {
    public Verdict {
        blockers = List.copyOf(blockers);
        softHolds = List.copyOf(softHolds);
    }

    public boolean clear() {
        return blockers.isEmpty();
    }

    public List<String> rules() {
        return blockers.stream().map(Blocker::rule).toList();
    }

    /** The first blocker as a refusal (409) that names every one. */
    public Optional<RuleViolation> refusal() {
        return blockers.stream()
                .findFirst()
                .map(first -> RuleViolation.conflict(
                        first.rule(),
                        blockers.stream().map(b -> b.rule() + ": " + b.detail()).collect(Collectors.joining("; "))));
    }
}
