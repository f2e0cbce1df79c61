package clinicops.scheduling.repair;

import java.time.Instant;
import java.util.List;

/**
 * A booked session that the clinic's means no longer allow.
 *
 * @param version of the session, for If-Match of its move
 * @param rule the first rule that it breaks, as at booking
 * @param repairs where it could go: the same time if anything is free then, else up to three other days; empty when nothing fits
 *     or the row stands far down the list
 */
record BrokenSession(
        String sessionId,
        long version,
        String courseId,
        String patientId,
        int number,
        Instant startsAt,
        Instant endsAt,
        String chairId,
        String nurseId,
        String rule,
        String why,
        List<Repair> repairs) {

    /**
     * A place that {@code POST /api/sessions/{id}/move} would take.
     *
     * @param sameTime the patient need not be told
     */
    record Repair(Instant startsAt, Instant endsAt, String chairId, String nurseId, boolean sameTime) {}
}
