package clinicops.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code clinicops.outbox.relay.latency}: from the commit of an event to Kafka's acknowledgement. */
final class RelayLatency implements MeterBinder {

    private volatile @Nullable Timer timer;

    @Override
    public void bindTo(MeterRegistry registry) {
        timer = Timer.builder("clinicops.outbox.relay.latency")
                .description("From the commit of an event to Kafka's acknowledgement")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
    }

    /** @param oldest latency of the oldest of so many events that were sent together */
    void record(Duration oldest, int events) {
        Timer current = timer;
        if (current != null && !oldest.isNegative()) {
            for (int i = 0; i < events; i++) {
                current.record(oldest);
            }
        }
    }
}
