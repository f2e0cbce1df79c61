package clinicops.scheduling.resource;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;

/** What a local time means on a day on which the clocks change. A time that they skip is the moment at which they jump. */
final class LocalMoment {
    private LocalMoment() {}

    /** A time that the clocks show twice is the first one. */
    static Instant earlier(LocalDateTime time, ZoneId zone) {
        ZoneOffsetTransition change = zone.getRules().getTransition(time);
        return change == null
                ? time.atZone(zone).toInstant()
                : change.isGap() ? change.getInstant() : time.toInstant(change.getOffsetBefore());
    }

    /** A time that the clocks show twice is the second one. */
    static Instant later(LocalDateTime time, ZoneId zone) {
        ZoneOffsetTransition change = zone.getRules().getTransition(time);
        return change == null
                ? time.atZone(zone).toInstant()
                : change.isGap() ? change.getInstant() : time.toInstant(change.getOffsetAfter());
    }

    static boolean isSkipped(LocalDateTime time, ZoneId zone) {
        ZoneOffsetTransition change = zone.getRules().getTransition(time);
        return change != null && change.isGap();
    }

    static boolean isTwice(LocalDateTime time, ZoneId zone) {
        ZoneOffsetTransition change = zone.getRules().getTransition(time);
        return change != null && change.isOverlap();
    }
}
