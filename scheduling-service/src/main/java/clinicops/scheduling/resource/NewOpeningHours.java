package clinicops.scheduling.resource;

import clinicops.chassis.RuleViolation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** @param hours one entry per open weekday; a weekday that is not listed is closed */
public record NewOpeningHours(@Size(max = 7) List<@Valid Hours> hours) {

    /** @param opens local time on the quarter hour, @param closes likewise, later the same day */
    public record Hours(DayOfWeek day, LocalTime opens, LocalTime closes) {}

    /**
     * In place of the present ones.
     *
     * @param version of these
     * @throws RuleViolation {@code quarter-hour}, {@code opens-before-closing} or {@code day-twice} (422)
     */
    OpeningHours over(long version) {
        Set<DayOfWeek> seen = EnumSet.noneOf(DayOfWeek.class);
        for (Hours open : hours) {
            if (!onQuarter(open.opens()) || !onQuarter(open.closes())) {
                throw new RuleViolation("quarter-hour", "opening hours are on the quarter hour").withField("hours");
            }
            if (!open.opens().isBefore(open.closes())) {
                throw new RuleViolation("opens-before-closing", "the clinic opens before it closes, on one day")
                        .withField("hours");
            }
            if (!seen.add(open.day())) {
                throw new RuleViolation("day-twice", "a weekday is given twice").withField("hours");
            }
        }
        return new OpeningHours(
                OpeningHours.ID,
                version,
                hours.stream()
                        .map(open -> OpeningHours.OpenDay.of(open.day(), open.opens(), open.closes()))
                        .toList());
    }

    private static boolean onQuarter(LocalTime time) {
        return time.getMinute() % Quarter.LENGTH.toMinutes() == 0 && time.getSecond() == 0 && time.getNano() == 0;
    }
}
