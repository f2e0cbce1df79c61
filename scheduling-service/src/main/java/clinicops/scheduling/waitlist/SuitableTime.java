package clinicops.scheduling.waitlist;

import clinicops.chassis.RuleViolation;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** A time of the week that suits; the whole session lies in it, by the clinic's clocks. */
record SuitableTime(DayOfWeek day, LocalTime from, LocalTime until) {
    /** @throws RuleViolation {@code preferred-time} (422) */
    void check() {
        if (!from.isBefore(until)) {
            throw new RuleViolation("preferred-time", "a time that suits begins before it ends").withField("preferred");
        }
    }

    boolean holds(Instant startsAt, Instant endsAt, ZoneId zone) {
        ZonedDateTime start = startsAt.atZone(zone);
        ZonedDateTime end = endsAt.atZone(zone);
        return start.getDayOfWeek() == day
                && start.toLocalDate().equals(end.toLocalDate())
                && !start.toLocalTime().isBefore(from)
                && !end.toLocalTime().isAfter(until);
    }
}
