package clinicops.notification.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private final QuietHours quietHours = NoticeRules.read().quietHours();

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "2026-05-04T07:59:59-04:00, 2026-05-04T08:00:00-04:00",
        "2026-05-04T08:00:00-04:00, 2026-05-04T08:00:00-04:00",
        "2026-05-04T20:59:59-04:00, 2026-05-04T20:59:59-04:00",
        "2026-05-04T21:00:00-04:00, 2026-05-05T08:00:00-04:00",
        "2026-05-04T23:30:00-04:00, 2026-05-05T08:00:00-04:00",
        "2026-05-05T00:00:00-04:00, 2026-05-05T08:00:00-04:00"
    })
    void sendsBetweenEightAndNineInTheEvening(ZonedDateTime wanted, ZonedDateTime earliest) {
        assertThat(quietHours.earliest(wanted.toInstant(), NEW_YORK)).isEqualTo(earliest.toInstant());
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource({
        "America/New_York, 2026-03-07T22:00:00-05:00, 2026-03-08T08:00:00-04:00",
        "America/New_York, 2026-03-08T01:30:00-05:00, 2026-03-08T08:00:00-04:00",
        "America/New_York, 2026-10-31T22:00:00-04:00, 2026-11-01T08:00:00-05:00",
        "America/New_York, 2026-11-01T01:30:00-05:00, 2026-11-01T08:00:00-05:00",
        "America/Phoenix, 2026-03-08T01:30:00-07:00, 2026-03-08T08:00:00-07:00"
    })
    void waitsForTheMorningOfTheNewTimeWhenTheClocksChange(String zone, ZonedDateTime wanted, ZonedDateTime earliest) {
        assertThat(quietHours.earliest(wanted.toInstant(), ZoneId.of(zone))).isEqualTo(earliest.toInstant());
    }

    @Test
    void goesByThePatientsWallClockNotTheClinics() {
        Instant eightInNewYork = Instant.parse("2026-05-04T12:00:00Z");

        assertThat(quietHours.earliest(eightInNewYork, ZoneId.of("America/Los_Angeles")))
                .isEqualTo(Instant.parse("2026-05-04T15:00:00Z"));
    }

    @Test
    void needsAnHourInWhichNoticesMayGoOut() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new QuietHours(LocalTime.of(21, 0), LocalTime.of(8, 0), "nobody"));
    }
}
