package clinicops.outbox;

import java.util.function.Consumer;
import org.springframework.messaging.Message;

/**
 * Gives every event its effect exactly once: the inbox row, what the handler saves and the events that it appends are one
 * MongoDB transaction.
 */
public class Inbox {

    /** The function that Spring Cloud Stream binds: {@code @Bean Consumer<Message<byte[]>> clinicEvents(...)}. */
    public Consumer<Message<byte[]>> consumer(EventHandlers handlers) {
        throw new UnsupportedOperationException();
    }
}
