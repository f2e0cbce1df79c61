package clinicops.outbox;

import java.time.Instant;
import java.util.Optional;

/** How far the relay of this service is. */
public interface OutboxStatus {

    /** Committed events that Kafka has not acknowledged yet; exactly 0 when everything was sent. */
    long unsent();

    /** When the oldest unsent event was appended (system time); empty when everything was sent. */
    Optional<Instant> oldest();
}
