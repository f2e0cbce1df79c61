package clinicops.scheduling.booster;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a suggestion rests on.
 *
 * @param lastDoseOn the clinic's day of the last dose
 * @param windowFrom first day of the plan's window, or of the clinic's where the plan has none
 * @param windowTo last day of it
 * @param drift null when it is the calendar alone
 */
record BoosterEvidence(
        LocalDate lastDoseOn,
        LocalDate windowFrom,
        LocalDate windowTo,
        @Nullable Drift drift) {
    /**
     * A score that came back up.
     *
     * @param baseline before the first session
     * @param best since the course began; less is better
     * @param latest the one that shows it
     */
    record Drift(
            String instrument,
            String scale,
            String assessmentId,
            BigDecimal baseline,
            BigDecimal best,
            Instant bestAt,
            BigDecimal latest,
            Instant latestAt) {}
}
