package clinicops.cli.demo;

import clinicops.cli.CommandFailed;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Services hear of each other's facts a moment later, or when what is down is up again: a client looks again until it sees what
 * it waits for.
 */
final class Awaiting {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private Awaiting() {}

    static <T> T until(String what, Supplier<Optional<T>> look) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<T> seen = look.get();
            if (seen.isPresent()) {
                return seen.get();
            }
            if (System.nanoTime() > deadline) {
                throw new CommandFailed("waited " + PATIENCE.toSeconds() + " s in vain for " + what);
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CommandFailed("interrupted");
            }
        }
    }
}
