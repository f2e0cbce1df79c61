package clinicops.scheduling.resource;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * When the clinic is open, in its own zone; a weekday that is not listed is closed. There is one, {@link #ID}.
 *
 * <p>Times are local, so a day on which the clocks change is simply shorter or longer; a session's length is never affected.
 */
@Document("opening_hours")
public record OpeningHours(@Id String id, @Version long version, List<OpenDay> days) {
    public static final String ID = "clinic";

    /**
     * One weekday. Minutes of the local day, on the quarter hour: the driver would tie a local time to some date's offset.
     *
     * @param closesAtMinute end of the last chair block
     */
    public record OpenDay(DayOfWeek weekday, int opensAtMinute, int closesAtMinute) {
        public static OpenDay of(DayOfWeek weekday, LocalTime opens, LocalTime closes) {
            return new OpenDay(weekday, opens.toSecondOfDay() / 60, closes.toSecondOfDay() / 60);
        }

        LocalTime opens() {
            return LocalTime.ofSecondOfDay(60L * opensAtMinute);
        }

        LocalTime closes() {
            return LocalTime.ofSecondOfDay(60L * closesAtMinute);
        }
    }

    public OpeningHours {
        days = List.copyOf(days);
    }

    /** A clinic that is never open. */
    public static OpeningHours none() {
        return new OpeningHours(ID, 0, List.of());
    }

    /** A time that the clocks show twice opens the second time and closes the first. */
    Optional<Span> on(LocalDate day, ZoneId zone) {
        return days.stream()
                .filter(open -> open.weekday() == day.getDayOfWeek())
                .findFirst()
                .map(open -> new Span(
                        LocalMoment.later(day.atTime(open.opens()), zone),
                        LocalMoment.earlier(day.atTime(open.closes()), zone)))
                .filter(open -> open.from().isBefore(open.until()));
    }
}
