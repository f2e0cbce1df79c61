package clinicops.staffweb.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * After so many refused requests from one address within a minute an endpoint that gives tokens does not listen to it until the
 * minute is over. Keys and links can't be guessed; this keeps strangers from filling the audit. Each copy of the front door counts for itself.
 */
public final class RefusalLimit {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    /** Addresses remembered; the one that was refused longest ago is forgotten first. */
    private static final int MOST_ADDRESSES = 10_000;

    private record Window(Instant end, int refusals) {}

    private final int free;
    private final InstantSource clock;
    private final Map<String, Window> windows = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    /**
     * @param free refusals a minute that cost nothing
     * @param clock not the business clock: this must not move with a demo
     */
    public RefusalLimit(int free, InstantSource clock) {
        this.free = free;
        this.clock = clock;
    }

    /** How long the endpoint does not listen to this address; zero when it does. */
    public synchronized Duration deafFor(String address) {
        Window window = windows.get(address);
        Instant now = clock.instant();
        return window == null || window.refusals() < free || !window.end().isAfter(now)
                ? Duration.ZERO
                : Duration.between(now, window.end());
    }

    /** One more was refused. */
    public synchronized void count(String address) {
        Instant now = clock.instant();
        Window window = windows.get(address);
        windows.put(
                address,
                window == null || !window.end().isAfter(now)
                        ? new Window(now.plus(WINDOW), 1)
                        : new Window(window.end(), window.refusals() + 1));
    }
}
