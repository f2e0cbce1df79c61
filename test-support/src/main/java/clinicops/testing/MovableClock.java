package clinicops.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it, and then only forward. Copies in other zones move with it. */
public final class MovableClock extends Clock {

    private final AtomicReference<Instant> now;
    private final ZoneId zone;

    private MovableClock(AtomicReference<Instant> now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    /** A clock in UTC. */
    public static MovableClock at(Instant instant) {
        return new MovableClock(new AtomicReference<>(instant), ZoneOffset.UTC);
    }

    /** A clock in UTC, as {@code 2026-03-02T14:00:00Z}. */
    public static MovableClock at(String instant) {
        return at(Instant.parse(instant));
    }

    /** A clock in UTC that begins with another one's time, say the system's. */
    public static MovableClock from(InstantSource source) {
        return at(source.instant());
    }

    /** @throws IllegalArgumentException for a negative duration */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("This clock runs forward only: " + duration);
        }
        now.updateAndGet(instant -> instant.plus(duration));
    }

    /** @throws IllegalArgumentException for an instant that has passed */
    public void moveTo(Instant instant) {
        now.updateAndGet(current -> {
            if (instant.isBefore(current)) {
                throw new IllegalArgumentException(
                        "This clock runs forward only: it is %s, not %s any more".formatted(current, instant));
            }
            return instant;
        });
    }

    @Override
    public Instant instant() {
        return Objects.requireNonNull(now.get());
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public MovableClock withZone(ZoneId other) {
        return new MovableClock(now, other);
    }

    @Override
    public String toString() {
        return "MovableClock[" + now.get() + "]";
    }
}
