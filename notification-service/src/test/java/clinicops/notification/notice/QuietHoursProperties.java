package clinicops.notification.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class QuietHoursProperties {

    private final QuietHours quietHours = NoticeRules.read().quietHours();

    @Property(tries = 5000)
    void neverSendsEarlierThanAskedNorInQuietHours(@ForAll("moments") Instant at, @ForAll("zones") ZoneId zone) {
        Instant earliest = quietHours.earliest(at, zone);

        assertThat(earliest).isAfterOrEqualTo(at);
        assertThat(earliest.atZone(zone).toLocalTime())
                .isAfterOrEqualTo(LocalTime.of(8, 0))
                .isBefore(LocalTime.of(21, 0));
    }

    @Property(tries = 500)
    void skipsNoMinuteInWhichItMightSend(@ForAll("moments") Instant at, @ForAll("zones") ZoneId zone) {
        Instant earliest = quietHours.earliest(at, zone);

        for (Instant minute = at; minute.isBefore(earliest); minute = minute.plus(Duration.ofMinutes(1))) {
            assertThat(quietHours.allow(minute, zone))
                    .as("%s in %s", minute, zone)
                    .isFalse();
        }
    }

    @Property
    void sendsWithinANightEvenOnTheLongestOne(@ForAll("moments") Instant at, @ForAll("zones") ZoneId zone) {
        // 11 hours, and an hour more where the clocks go back in that night
        assertThat(Duration.between(at, quietHours.earliest(at, zone))).isLessThanOrEqualTo(Duration.ofHours(12));
    }

    @Provide
    Arbitrary<Instant> moments() {
        return Arbitraries.longs()
                .between(
                        Instant.parse("2024-01-01T00:00:00Z").getEpochSecond(),
                        Instant.parse("2034-01-01T00:00:00Z").getEpochSecond())
                .map(Instant::ofEpochSecond);
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(ZoneId.getAvailableZoneIds().stream().sorted().toList())
                .map(ZoneId::of);
    }
}
