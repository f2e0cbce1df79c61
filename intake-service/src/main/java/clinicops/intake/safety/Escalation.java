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
 * @param steps in the order in which they fall due, counted from the raising, when staff was with the patient
 * @param linkSteps the same when the patient was alone, answering by link
 * @param redialAfter a call that could not be placed is placed again after that long
 * @param crisisLines numbers to show with every alert
 */
record Escalation(
        String id,
        String version,
        String source,
        String approver,
        LocalDate effectiveFrom,
        List<Step> steps,
        List<Step> linkSteps,
        Duration redialAfter,
        List<String> crisisLines)
        implements Approved {

    /** Who is telephoned, instead of getting a task on the screen. */
    static final String ON_CALL = "on-call";

    /** After that long without acknowledgement, the alert goes to the people of this role, or to {@link #ON_CALL}. */
    record Step(String to, Duration after) {}

    List<Step> stepsOf(RaisedThrough through) {
        return switch (through) {
            case STAFF, SESSION -> steps;
            case LINK -> linkSteps;
        };
    }

    /** When the step after {@code taken} ones falls due; empty after the last. */
    Optional<Instant> dueAfter(RaisedThrough through, int taken, Instant raisedAt) {
        var ladder = stepsOf(through);
        return taken < ladder.size()
                ? Optional.of(raisedAt.plus(ladder.get(taken).after()))
                : Optional.empty();
    }
}
