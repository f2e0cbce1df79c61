package clinicops.scheduling.session;

import clinicops.outbox.Ids;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry at a patient's chair that could not wait: who made it and when it happened. A tablet that had no network sends it
 * later, with its own clock.
 *
 * @param id UUID that the tablet gave it: sent again under the same, it is the same entry
 * @param at when it happened, by the clinic's time; never in the future
 * @param toldAt when it happened by the tablet's clock; null unless that was corrected
 * @param recordedAt when it came in
 */
public record Entry(String id, Instant at, @Nullable Instant toldAt, Instant recordedAt, String by) {

    /**
     * @param id null makes one
     * @param at when it happened by the clock of who tells; null: now
     * @param deviceAt that clock at the moment of sending; one that is off by more than the tolerance is corrected by it
     */
    static Entry of(
            @Nullable String id,
            @Nullable Instant at,
            @Nullable Instant deviceAt,
            Duration tolerance,
            String by,
            Instant now) {
        Instant told = at == null ? now : Instant.ofEpochMilli(at.toEpochMilli());
        Instant happened = told;
        if (at != null && deviceAt != null) {
            Duration behind = Duration.between(deviceAt, now);
            if (behind.abs().compareTo(tolerance) > 0) {
                happened = Instant.ofEpochMilli(told.plus(behind).toEpochMilli());
            }
        }
        // what is told has happened, whatever a clock says
        happened = happened.isAfter(now) ? now : happened;
        return new Entry(id == null ? Ids.next() : id, happened, happened.equals(told) ? null : told, now, by);
    }
}
