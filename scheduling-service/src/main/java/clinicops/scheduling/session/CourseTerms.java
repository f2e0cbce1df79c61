package clinicops.scheduling.session;

import clinicops.chassis.RuleViolation;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one revision of a treatment plan asks of the days of a course.
 *
 * @param minGapDays least days from one session to the next
 * @param courseMinDays least days from the first session to the last
 * @param courseMaxDays most days from the first session to the last
 * @param maxGapDays most days from one session to the next; null when only the course's length limits them
 */
public record CourseTerms(
        String planId,
        int planRevision,
        int sessions,
        int minGapDays,
        int courseMinDays,
        int courseMaxDays,
        @Nullable Integer maxGapDays) {

    /** Only the course's length limits the gaps. */
    public CourseTerms(
            String planId, int planRevision, int sessions, int minGapDays, int courseMinDays, int courseMaxDays) {
        this(planId, planRevision, sessions, minGapDays, courseMinDays, courseMaxDays, null);
    }

    /** Two sessions never share a day, whatever the plan says. */
    public int gapDays() {
        return Math.max(1, minGapDays);
    }

    /** Most days from one session to the next. */
    public int widestGapDays() {
        return Math.max(gapDays(), maxGapDays == null ? courseMaxDays : maxGapDays);
    }

    /** The same plan for a single session after the course. */
    public CourseTerms ofBooster() {
        return new CourseTerms(planId, planRevision, 1, minGapDays, 0, courseMaxDays, maxGapDays);
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
        checkGaps(days, widestGapDays());
        long length = length(days);
        if (length < courseMinDays || length > courseMaxDays) {
            throw courseLength();
        }
    }

    /**
     * Judges the days that are left when one session moves: the course may have become shorter, never longer. Where a session fell
     * out there is a wider gap than the plan allows; moving another one is not refused for it, only for a gap that is wider still.
     *
     * @param before the days as they are, in order
     * @param after as they would be, in order
     */
    public void checkAfterMove(List<LocalDate> before, List<LocalDate> after) {
        checkGaps(after, Math.max(widestGapDays(), widest(before)));
        if (length(after) > courseMaxDays) {
            throw courseLength();
        }
    }

    private void checkGaps(List<LocalDate> days, long widest) {
        for (int i = 1; i < days.size(); i++) {
            long gap = ChronoUnit.DAYS.between(days.get(i - 1), days.get(i));
            if (gap < gapDays()) {
                throw new RuleViolation("session-gap", "sessions are at least " + gapDays() + " days apart, in order")
                        .withField("startsAt");
            }
            if (gap > widest) {
                throw new RuleViolation("session-gap", "sessions are at most " + widest + " days apart")
                        .withField("startsAt");
            }
        }
    }

    private static long widest(List<LocalDate> days) {
        long widest = 0;
        for (int i = 1; i < days.size(); i++) {
            widest = Math.max(widest, ChronoUnit.DAYS.between(days.get(i - 1), days.get(i)));
        }
        return widest;
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
