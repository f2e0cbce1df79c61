package clinicops.scheduling.course;

import clinicops.scheduling.protocol.Approved;
import java.time.LocalDate;

/**
 * What makes one course better than another; the sum counts, the least is best.
 *
 * @param horizonDays how far ahead a course is looked for
 * @param windowDays how many days are looked at first; more only as long as a later course could still be better
 * @param finishPerDay for each day until the last session
 * @param gapOffPerHalfDaySquared for each gap, times the square of the half days that it is off
 * @param otherNurse for each session without the nurse of the course
 * @param notPreferred for each session outside the patient's preferred times
 * @param movedAtAll for each booked session that a new plan moves
 * @param movedPerDay for each day by which it is moved
 */
record CoursePlanning(
        String id,
        String version,
        String source,
        String approver,
        LocalDate effectiveFrom,
        int horizonDays,
        int windowDays,
        int finishPerDay,
        int gapOffPerHalfDaySquared,
        int otherNurse,
        int notPreferred,
        int movedAtAll,
        int movedPerDay)
        implements Approved {}
