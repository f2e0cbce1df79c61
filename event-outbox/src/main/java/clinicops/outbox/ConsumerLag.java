package clinicops.outbox;

import java.time.Instant;

/** How far this service's consumers are behind the topics that they read. */
public interface ConsumerLag {

    /**
     * Records that were sent but not yet handled, over all topics and partitions, asked of the broker now.
     *
     * @return -1 when the broker does not answer
     */
    long total();

    /**
     * When the consumers were last seen with nothing left to handle (system time): the age of everything that this service
     * knows of the others. {@link Instant#EPOCH} when that was never seen since the start.
     */
    Instant lastCaughtUp();
}
