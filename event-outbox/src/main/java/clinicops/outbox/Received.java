package clinicops.outbox;

import clinicops.contracts.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as it arrived.
 *
 * @param id the event's own id; the same at every delivery
 * @param type wire type, for example {@code scheduling.session-booked.v1}
 * @param source service that sent it
 * @param subject id of the aggregate that it is about
 * @param sequence version of that aggregate after the command that caused the event
 * @param time when it happened, by the sender's business clock
 * @param correlationId shared by everything that one request from outside set off
 * @param causationId id of the event whose handling caused this one; null when a request did
 */
public record Received<E extends Event>(
        String id,
        String type,
        String source,
        String subject,
        long sequence,
        Instant time,
        String correlationId,
        @Nullable String causationId,
        E event) {}
