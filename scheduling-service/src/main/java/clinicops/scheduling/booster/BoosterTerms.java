package clinicops.scheduling.booster;

import clinicops.scheduling.protocol.Approved;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * The content of booster-policy.json.
 *
 * @param lostSharePercent so much of the gain lost again is a drift
 * @param defaultFromDays after the last dose, where the plan has no days of its own
 * @param defaultToDays likewise
 * @param driftDueWithinDays after the score that showed the drift
 * @param calendarAheadDays so long before the plan's window ends the booster is suggested, whatever the scores are
 * @param scales those that a drift is seen on, the weightiest first; less is better in all of them
 */
record BoosterTerms(
        String id,
        String version,
        String source,
        String approver,
        LocalDate effectiveFrom,
        int lostSharePercent,
        int defaultFromDays,
        int defaultToDays,
        int driftDueWithinDays,
        int calendarAheadDays,
        List<DriftScale> scales)
        implements Approved {

    /**
     * @param leastGain a smaller one is none that a share could be lost of
     * @param lostPoints over the best since the course began; a drift whatever the gain was
     */
    record DriftScale(String instrument, String scale, BigDecimal leastGain, BigDecimal lostPoints) {}
}
