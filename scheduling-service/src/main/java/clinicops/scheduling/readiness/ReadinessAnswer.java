package clinicops.scheduling.readiness;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a patient can be booked, and treated today.
 *
 * @param blockers every reason against either; {@code blocks} tells which
 * @param softHolds what a clinician has to weigh before a dose today
 * @param asOf when this service last knew everything that intake and billing had told
 * @param heardFrom when each of them told something of this patient last
 */
public record ReadinessAnswer(
        String patientId,
        boolean canBook,
        boolean canTreat,
        List<Blocker> blockers,
        List<String> softHolds,
        Instant asOf,
        List<HeardFrom> heardFrom) {

    /** @param lastAt null when it never told anything of the patient */
    public record HeardFrom(String service, @Nullable Instant lastAt) {}

    List<String> againstTreating() {
        return blockers.stream()
                .filter(blocker -> blocker.blocks().contains(ReadinessPolicy.TREATING))
                .map(Blocker::rule)
                .toList();
    }

    /** Rules against booking or treating, by name. */
    List<String> rules() {
        return blockers.stream().map(Blocker::rule).toList();
    }
}
