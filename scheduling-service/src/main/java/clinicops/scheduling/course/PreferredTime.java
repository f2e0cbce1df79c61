package clinicops.scheduling.course;

import clinicops.chassis.RuleViolation;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/** A time of the week that suits the patient; the whole session lies in it, by the clinic's clocks. */
public record PreferredTime(DayOfWeek day, LocalTime from, LocalTime until) {
    /** @throws RuleViolation {@code preferred-time} (422) */
    public void check() {
        if (!from.isBefore(until)) {
            throw new RuleViolation("preferred-time", "a time that suits begins before it ends").withField("preferred");
        }
    }

    public boolean holds(Instant startsAt, Instant endsAt, ZoneId zone) {
        var starts = startsAt.atZone(zone);
        var ends = endsAt.atZone(zone);
        return starts.getDayOfWeek() == day
                && !starts.toLocalTime().isBefore(from)
                && !ends.toLocalTime().isAfter(until)
                && starts.toLocalDate().equals(ends.toLocalDate());
    }
}
