package clinicops.chassis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.function.Supplier;

/**
 * The clinic's time: what rules, due dates and events go by. Runs with the system's clock, plus an offset in a demo clinic.
 * Tokens, leases, retries and metrics go by the system's clock instead.
 */
public final class BusinessClock extends Clock {
    private final InstantSource system;
    private final Supplier<Duration> offset;
    private final ZoneId clinicZone;
    private final ZoneId zone;

    /** A clock without offset, as unit tests want it. */
    public BusinessClock(InstantSource system, ZoneId clinicZone) {
        this(system, () -> Duration.ZERO, clinicZone, ZoneId.of("UTC"));
    }

    /** @param offset how far the clinic's time is ahead of the system's; asked at every reading */
    public BusinessClock(InstantSource system, Supplier<Duration> offset, ZoneId clinicZone) {
        this(system, offset, clinicZone, ZoneId.of("UTC"));
    }

    private BusinessClock(InstantSource system, Supplier<Duration> offset, ZoneId clinicZone, ZoneId zone) {
        this.system = system;
        this.offset = offset;
        this.clinicZone = clinicZone;
        this.zone = zone;
    }

    /** Now, to the millisecond, which is what MongoDB keeps. */
    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(system.millis()).plus(offset.get());
    }

    /** Today where the clinic stands. */
    public LocalDate today() {
        return LocalDate.ofInstant(instant(), clinicZone);
    }

    /** The zone of opening hours and business days. */
    public ZoneId clinicZone() {
        return clinicZone;
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public BusinessClock withZone(ZoneId other) {
        return new BusinessClock(system, offset, clinicZone, other);
    }
}
