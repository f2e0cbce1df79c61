package clinicops.intake.safety;

import clinicops.intake.rulebook.Approved;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Who is called when nobody has acknowledged an alert.
 *
 * @param steps in the order in which they fall due, counted from the raising
 * @param crisisLines numbers to show with every alert
 */
record Escalation(
        String id,
        String version,
        String source,
        String approver,
        LocalDate effectiveFrom,
        List<Step> steps,
        List<String> crisisLines)
        implements Approved {

    /** After that long without acknowledgement, the alert goes to the people of this role. */
    record Step(String to, Duration after) {}

    /** When the step after {@code taken} ones falls due; empty after the last. */
    Optional<Instant> dueAfter(int taken, Instant raisedAt) {
        return taken < steps.size() ? Optional.of(raisedAt.plus(steps.get(taken).after())) : Optional.empty();
    }
}
