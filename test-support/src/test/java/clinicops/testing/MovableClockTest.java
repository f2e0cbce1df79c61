package clinicops.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class MovableClockTest {

    @Test
    void movesForwardOnlyAndTakesItsCopiesAlong() {
        MovableClock clock = MovableClock.at("2026-03-02T14:00:00Z");
        MovableClock newYork = clock.withZone(ZoneId.of("America/New_York"));

        clock.advance(Duration.ofDays(7));

        assertThat(newYork.instant()).isEqualTo("2026-03-09T14:00:00Z");
        assertThatIllegalArgumentException().isThrownBy(() -> clock.advance(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> clock.moveTo(Instant.parse("2026-03-02T14:00:00Z")));
        assertThat(clock.instant()).isEqualTo("2026-03-09T14:00:00Z");
    }
}
