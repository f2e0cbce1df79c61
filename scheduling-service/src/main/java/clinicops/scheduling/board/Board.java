package clinicops.scheduling.board;

import clinicops.scheduling.monitor.Chairside;
import clinicops.scheduling.session.SessionAnswer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One day at a glance.
 *
 * @param now the clinic's time of this answer
 * @param asOf up to when everything is in it that intake and billing had told
 * @param cards every session of the day, in the order of their starts; those that were cancelled or missed too
 */
record Board(LocalDate day, Instant now, Instant asOf, BoardCounts counts, List<BoardCard> cards) {

    /**
     * Sessions by where they stand.
     *
     * @param here patients who are in the clinic now
     * @param toCome booked and not checked in
     * @param done discharged, or gone in another way after the dose could have begun
     * @param notComing cancelled or missed
     * @param alarms that nobody has acknowledged
     */
    record BoardCounts(int here, int toCome, int done, int notComing, int alarms) {}

    /**
     * @param session with the newest readings alone
     * @param phaseEndsAt when the running dose, the observation time or the time for rechecks is over; null in other phases
     * @param nextReadingDueAt null when none is due
     * @param alarms that are not closed
     * @param verdict null while the patient was never judged, and when the session is over
     */
    record BoardCard(
            SessionAnswer session,
            @Nullable Instant phaseEndsAt,
            @Nullable Instant nextReadingDueAt,
            List<Chairside.OpenAlarm> alarms,
            @Nullable BoardVerdict verdict) {}

    /**
     * The verdict as it was told last; `GET /api/readiness` has each blocker with its source and who can clear it.
     *
     * @param rules what stands against a dose today
     */
    record BoardVerdict(boolean canTreat, List<String> rules, Instant changedAt) {}
}
