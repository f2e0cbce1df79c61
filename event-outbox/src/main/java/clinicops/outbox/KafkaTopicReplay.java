package clinicops.outbox;

import clinicops.contracts.Event;
import clinicops.contracts.EventCatalog;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads topics outside of any group, with a consumer of its own for each call. */
final class KafkaTopicReplay implements TopicReplay {

    private static final Logger log = LoggerFactory.getLogger(KafkaTopicReplay.class);
    private static final Duration POLL = Duration.ofMillis(200);
    /** A relay that broke off sends some events again, soon after; so many ids back they are recognised. */
    private static final int IDS_KEPT = 100_000;

    private final KafkaConnection kafka;

    KafkaTopicReplay(KafkaConnection kafka) {
        this.kafka = kafka;
    }

    @Override
    public long replay(Collection<String> topics, Consumer<Received<? extends Event>> sink) {
        Map<String, Object> settings = kafka.with(
                Map.of("enable.auto.commit", "false", "auto.offset.reset", "earliest", "fetch.max.wait.ms", "50"));
        settings.remove("group.id");
        Set<String> seen = lastIds();
        long count = 0;
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                    long end =
                            Objects.requireNonNull(ends.get(new TopicPartition(message.topic(), message.partition())));
                    if (message.offset() < end) {
                        Optional<Received<Event>> event = read(Arrived.of(message));
                        if (event.isPresent() && seen.add(event.get().id())) {
                            sink.accept(event.get());
                            count++;
                        }
                    }
                }
            }
        }
        return count;
    }

    private static Optional<Received<Event>> read(Arrived arrived) {
        try {
            Optional<EventCatalog.Entry> entry =
                    Optional.ofNullable(arrived.type()).flatMap(EventCatalog::byType);
            return entry.isPresent() ? Optional.of(Inbox.received(arrived, entry.get())) : Optional.empty();
        } catch (EventRefused e) {
            log.debug("Skipped {}-{}@{}", arrived.topic(), arrived.partition(), arrived.offset(), e);
            return Optional.empty();
        }
    }

    private static Set<String> lastIds() {
        return Collections.newSetFromMap(new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > IDS_KEPT;
            }
        });
    }
}
