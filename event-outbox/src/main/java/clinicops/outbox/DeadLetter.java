package clinicops.outbox;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record that a consumer could not handle and never will without help. It holds the record as it arrived and nothing else
 * of the patient.
 *
 * @param consumer whose handler failed
 * @param key the record's key; null when it had none
 * @param headers the record's headers as text
 * @param body the record's body as text; null for a tombstone
 * @param eventId null when the record had none
 * @param type wire type; null when the record had none
 * @param reason the rule that refused it, in kebab case
 * @param message why, in one line
 * @param stack stack trace of the failure
 * @param at when it failed last (system time)
 * @param attempts how often handling was tried: 1, and one more for each replay
 */
public record DeadLetter(
        String id,
        String consumer,
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        Map<String, String> headers,
        @Nullable String body,
        @Nullable String eventId,
        @Nullable String type,
        String reason,
        String message,
        String stack,
        Instant at,
        int attempts,
        State state) {

    /** {@code DEAD} waits for somebody; {@code REPLAYED} was handled after all. */
    public enum State {
        DEAD,
        REPLAYED
    }
}
