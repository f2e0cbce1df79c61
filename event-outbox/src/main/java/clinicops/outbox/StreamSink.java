package clinicops.outbox;

import clinicops.contracts.Topics;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.integration.kafka.support.KafkaIntegrationHeaders;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Sends over Spring Cloud Stream. Its producer is asynchronous and would lose a failure silently, and its {@code sync} mode
 * waits for each record alone; so every record carries a token, and the producer's future comes back on {@link #futures()}.
 */
final class StreamSink implements EventSink {

    private final StreamBridge bridge;

    StreamSink(StreamBridge bridge) {
        this.bridge = bridge;
    }

    @Override
    public Future<?> send(OutboxRow row) {
        AtomicReference<Future<?>> acknowledged = new AtomicReference<>();
        bridge.send(
                bindingOf(row.topic()),
                MessageBuilder.withPayload(row.message())
                        .setHeader(KafkaIntegrationHeaders.FUTURE_TOKEN, acknowledged)
                        .build());
        Future<?> future = acknowledged.get();
        return future != null
                ? future
                : CompletableFuture.failedFuture(
                        new IllegalStateException("The binding of " + row.topic() + " is not connected yet"));
    }

    /** {@code clinic.intake} goes out through {@code outbox-intake}. */
    private static String bindingOf(String topic) {
        return switch (topic) {
            case Topics.INTAKE, Topics.SCHEDULING, Topics.BILLING, Topics.NOTIFICATION, Topics.PULSES, Topics.CONTACT ->
                "outbox-" + topic.substring("clinic.".length());
            default -> throw new IllegalArgumentException("No binding sends to " + topic);
        };
    }

    /** The channel on which the producer hands each record's future to the one who sent it. */
    static MessageChannel futures() {
        return new MessageChannel() {
            @Override
            @SuppressWarnings("unchecked")
            public boolean send(Message<?> message, long timeout) {
                if (message.getHeaders().get(KafkaIntegrationHeaders.FUTURE_TOKEN) instanceof AtomicReference<?> token
                        && message.getPayload() instanceof Future<?> future) {
                    ((AtomicReference<Future<?>>) token).set(future);
                }
                return true;
            }
        };
    }
}
