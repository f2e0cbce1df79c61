package clinicops.scheduling.repair;

import java.time.Instant;
import java.util.List;

/**
 * A booked session that the clinic's means no longer allow.
 *
 * @param version of the session, for If-Match of its move
 * @param rule the first rule that it breaks, as at booking
 * @param courseVersion of the course, for If-Match when the rest of it follows
 * @param repairs where it could go: the same time if anything is free then, else up to three other days; empty when nothing fits
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
        long courseVersion,
        List<Repair> repairs) {

    /**
     * A place that {@code POST /api/sessions/{id}/move} would take; {@code POST /api/courses/{id}/replan} where others follow.
     *
     * @param sameTime the patient need not be told
     * @param following other sessions of the course that have to go elsewhere too, so that it stays inside its gaps
     */
    record Repair(
            Instant startsAt,
            Instant endsAt,
            String chairId,
            String nurseId,
            boolean sameTime,
            List<Following> following) {}

    /** A session that moves along. */
    record Following(String sessionId, int number, Instant formerStartsAt, Instant startsAt) {}
}
