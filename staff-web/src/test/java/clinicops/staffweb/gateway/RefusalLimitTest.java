package clinicops.staffweb.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RefusalLimitTest {
    private Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private final RefusalLimit limit = new RefusalLimit(3, () -> now);

    @Test
    void doesNotListenUntilTheMinuteIsOverOnceTooManyWereRefused() {
        for (int i = 0; i < 3; i++) {
            assertThat(limit.deafFor("a")).isZero();
            limit.count("a");
        }
        assertThat(limit.deafFor("a")).isEqualTo(Duration.ofMinutes(1));
        now = now.plusSeconds(40);
        limit.count("a");
        assertThat(limit.deafFor("a")).isEqualTo(Duration.ofSeconds(20));
        now = now.plusSeconds(20);
        assertThat(limit.deafFor("a")).isZero();
        limit.count("a");
        assertThat(limit.deafFor("a")).isZero();
    }

    @Test
    void anotherAddressIsHeard() {
        for (int i = 0; i < 5; i++) {
            limit.count("a");
        }
        assertThat(limit.deafFor("b")).isZero();
    }

    @Test
    void remembersNoMoreThanSoManyAddresses() {
        for (int i = 0; i < 3; i++) {
            limit.count("first");
        }
        for (int i = 0; i < 10_000; i++) {
            limit.count("a" + i);
        }
        assertThat(limit.deafFor("first")).isZero();
    }
}
