package clinicops.scheduling.resource;

import clinicops.scheduling.resource.Availability.Effect;
import clinicops.scheduling.resource.Availability.Reason;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * What an admin says of somebody's or something's time.
 *
 * @param of {@code clinic}, or {@code chair/}, {@code pump/}, {@code nurse/}, {@code prescriber/}, {@code therapist/} and its id
 * @param lastDay the same day when left out, or without end for a recurrence
 * @param from local time to the minute; the beginning of the day when left out
 * @param until local time to the minute; the end of the day when left out
 * @param rrule RFC 5545 without {@code RRULE:}, with FREQ (DAILY to YEARLY), INTERVAL, BYDAY, BYMONTH, BYMONTHDAY, BYSETPOS, COUNT
 *     or UNTIL
 */
public record AvailabilityRequest(
        @Pattern(regexp = "clinic|(chair|pump|nurse|prescriber|therapist)/[0-9a-zA-Z-]{1,60}")
        String of,

        Effect effect,
        LocalDate firstDay,
        @Nullable LocalDate lastDay,
        @Nullable LocalTime from,
        @Nullable LocalTime until,
        @Nullable @Size(max = 200) String rrule,
        Reason reason) {

    Availability rule(String id, long version) {
        LocalDate end = lastDay == null && rrule == null ? firstDay : lastDay;
        return new Availability(
                id,
                version,
                of,
                effect,
                firstDay,
                end,
                from == null ? 0 : from.toSecondOfDay() / 60,
                until == null ? Availability.WHOLE_DAY : until.toSecondOfDay() / 60,
                rrule,
                reason);
    }
}
