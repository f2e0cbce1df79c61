package clinicops.scheduling.readiness;

import java.time.Instant;
import java.util.List;

/**
 * Whether a patient can be booked, and treated today.
 *
 * @param blockers every reason against either; {@code blocks} tells which
 * @param softHolds what a clinician has to weigh before a dose today
 * @param asOf when this service last knew everything that intake and billing had told
 */
public record ReadinessAnswer(
        String patientId,
        boolean canBook,
        boolean canTreat,
        List<Blocker> blockers,
        List<String> softHolds,
        Instant asOf) {}
