package clinicops.outbox;

import java.time.Duration;

/** Pauses that grow from 50 ms to a limit. */
final class Backoff {

    private static final long FIRST_MILLIS = 50;

    private final long atMostMillis;
    private long nextMillis = FIRST_MILLIS;

    Backoff(Duration atMost) {
        this.atMostMillis = Math.max(FIRST_MILLIS, atMost.toMillis());
    }

    void reset() {
        nextMillis = FIRST_MILLIS;
    }

    /** @return false when interrupted */
    boolean pause() {
        try {
            Thread.sleep(nextMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        nextMillis = Math.min(atMostMillis, nextMillis * 2);
        return true;
    }
}
