package clinicops.notification.notice;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * The hours in which a patient may be disturbed, by the patient's own wall clock.
 *
 * @param from first minute of the day in which a notice may go out
 * @param to first minute in which none may any more
 * @param source who says so
 */
public record QuietHours(LocalTime from, LocalTime to, String source) {
    public QuietHours {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("notices may go out from " + from + " to " + to + ": that is never");
        }
    }

    /** Whether a notice may go out at that moment. */
    boolean allow(Instant at, ZoneId zone) {
        LocalTime clock = at.atZone(zone).toLocalTime();
        return !clock.isBefore(from) && clock.isBefore(to);
    }

    /** The moment itself when a notice may go out then, otherwise the next morning's first. */
    public Instant earliest(Instant at, ZoneId zone) {
        if (allow(at, zone)) {
            return at;
        }
        ZonedDateTime local = at.atZone(zone);
        LocalDate day = local.toLocalTime().isBefore(from)
                ? local.toLocalDate()
                : local.toLocalDate().plusDays(1);
        ZonedDateTime morning = ZonedDateTime.of(day, from, zone);
        // where the clock shows the hour twice, the first may be over already
        return morning.toInstant().isBefore(at)
                ? morning.withLaterOffsetAtOverlap().toInstant()
                : morning.toInstant();
    }
}
