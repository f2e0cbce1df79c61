package clinicops.outbox;

import java.util.concurrent.Future;

/** Where the relay sends rows; the future ends when the broker has acknowledged. */
interface EventSink {
    Future<?> send(OutboxRow row);
}
