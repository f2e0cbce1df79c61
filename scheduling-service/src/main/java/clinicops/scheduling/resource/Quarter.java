package clinicops.scheduling.resource;

import java.time.Duration;
import java.time.Instant;

/** The grid of the diary: quarter hours. */
final class Quarter {
    static final Duration LENGTH = Duration.ofMinutes(15);
    private static final long SECONDS = LENGTH.toSeconds();

    private Quarter() {}

    static boolean isOn(Instant time) {
        return time.getNano() == 0 && Math.floorMod(time.getEpochSecond(), SECONDS) == 0;
    }

    static Instant ceiling(Instant time) {
        Instant floor = Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), SECONDS) * SECONDS);
        return floor.equals(time) ? time : floor.plus(LENGTH);
    }
}
