package clinicops.scheduling.integration;

import clinicops.scheduling.integration.IntegrationSession.Window;
import clinicops.scheduling.protocol.Approved;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/**
 * The content of integration.json. Hours count from the end of the session that is reflected on.
 *
 * @param notBeforeHours the patient has slept
 * @param withinHours a place that the clinic chooses begins by then
 * @param latestHours somebody may move it until then
 * @param minutes how long one takes, unless somebody says otherwise
 */
record IntegrationTerms(
        String id,
        String version,
        String source,
        String approver,
        LocalDate effectiveFrom,
        int notBeforeHours,
        int withinHours,
        int latestHours,
        int minutes,
        int minutesLeast,
        int minutesMost)
        implements Approved {

    /** When a patient may reflect on a session that ends then. */
    Window window(Instant sessionEnds) {
        return new Window(
                sessionEnds.plus(Duration.ofHours(notBeforeHours)), sessionEnds.plus(Duration.ofHours(latestHours)));
    }

    /** Until when the clinic looks for a place. */
    Instant within(Instant sessionEnds) {
        return sessionEnds.plus(Duration.ofHours(withinHours));
    }
}
