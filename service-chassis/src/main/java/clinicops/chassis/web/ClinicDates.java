package clinicops.chassis.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Dates and times as callers write them, in bodies and in queries: ISO 8601, from 1850 to 2999. No date of a clinic lies
 * outside, and neither JavaScript nor MongoDB overflows inside.
 */
final class ClinicDates {
    private static final int FIRST_YEAR = 1850;
    private static final int LAST_YEAR = 2999;

    private ClinicDates() {}

    /** @throws DateTimeException when it is no such time */
    static Instant instant(String text) {
        Instant instant = Instant.parse(text);
        require(instant.atOffset(ZoneOffset.UTC).getYear());
        return instant;
    }

    /** @throws DateTimeException when it is no such date */
    static LocalDate date(String text) {
        LocalDate date = LocalDate.parse(text);
        require(date.getYear());
        return date;
    }

    private static void require(int year) {
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            throw new DateTimeException("not a date of a clinic");
        }
    }
}
