package clinicops.scheduling.session;

import clinicops.chassis.RuleViolation;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What one revision of a treatment plan asks of the days of a course.
 *
 * @param minGapDays least days from one session to the next
 * @param courseMinDays least days from the first session to the last
 * @param courseMaxDays most days from the first session to the last
 */
public record CourseTerms(
        String planId, int planRevision, int sessions, int minGapDays, int courseMinDays, int courseMaxDays) {

    /** Two sessions never share a day, whatever the plan says. */
    public int gapDays() {
        return Math.max(1, minGapDays);
    }

    /**
     * Judges the days of a whole course, in order.
     *
     * @throws RuleViolation {@code sessions-of-plan}, {@code session-gap} or {@code course-length} (422)
     */
    public void check(List<LocalDate> days) {
        if (days.size() != sessions) {
            throw new RuleViolation("sessions-of-plan", "the plan asks for " + sessions + " sessions")
                    .withField("sessions");
        }
        checkGaps(days);
        long length = length(days);
        if (length < courseMinDays || length > courseMaxDays) {
            throw courseLength();
        }
    }

    /** Judges the days that are left when one session moves: the course may have become shorter, never longer. */
    public void checkAfterMove(List<LocalDate> days) {
        checkGaps(days);
        if (length(days) > courseMaxDays) {
            throw courseLength();
        }
    }

    private void checkGaps(List<LocalDate> days) {
        for (int i = 1; i < days.size(); i++) {
            if (ChronoUnit.DAYS.between(days.get(i - 1), days.get(i)) < gapDays()) {
                throw new RuleViolation("session-gap", "sessions are at least " + gapDays() + " days apart, in order")
                        .withField("startsAt");
            }
        }
    }

    private static long length(List<LocalDate> days) {
        return ChronoUnit.DAYS.between(days.getFirst(), days.getLast());
    }

    private RuleViolation courseLength() {
        return new RuleViolation(
                        "course-length",
                        "the plan asks for " + courseMinDays + " to " + courseMaxDays
                                + " days from the first session to the last")
                .withField("startsAt");
    }
}
