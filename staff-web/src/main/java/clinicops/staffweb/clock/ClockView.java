package clinicops.staffweb.clock;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The clinic's time.
 *
 * @param now business time of the front door
 * @param demo whether this clinic is a demo, whose clock can be moved; true once every service is
 * @param nextDueAt when the earliest item that waits for the clock falls due in any service; null when none waits
 * @param settled true when every service has sent and handled every event and nothing is due now
 * @param services each service's own clock, by name
 */
record ClockView(
        Instant now, boolean demo, @Nullable Instant nextDueAt, boolean settled, Map<String, ServiceClock> services) {

    /**
     * One service's clock and work. All but {@code reachable} is null when it does not answer.
     *
     * @param dueNow whether an item is due already and waits to be done
     * @param unsentEvents committed events that Kafka has not got yet
     * @param consumerLag records sent to the service and not handled yet; -1 when the broker does not answer
     */
    record ServiceClock(
            boolean reachable,
            @Nullable Instant now,
            @Nullable Boolean demo,
            @Nullable Instant nextDueAt,
            @Nullable Boolean dueNow,
            @Nullable Long unsentEvents,
            @Nullable Long consumerLag) {

        static final ServiceClock UNREACHABLE = new ServiceClock(false, null, null, null, null, null, null);

        boolean settled() {
            return reachable
                    && Boolean.FALSE.equals(dueNow)
                    && Long.valueOf(0).equals(unsentEvents)
                    && Long.valueOf(0).equals(consumerLag);
        }
    }
}
