package clinicops.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Listens to a topic and notes when each key came, by this JVM's nano clock. */
final class Arrivals implements AutoCloseable {

    private final Map<String, Long> nanosByKey = new ConcurrentHashMap<>();
    private final AtomicLong count = new AtomicLong();
    private final Thread thread;
    private volatile boolean open = true;

    /** Listens for each message at once. */
    static Arrivals prompt(String bootstrapServers, String topic) {
        return new Arrivals(bootstrapServers, topic, 1);
    }

    /** Counts, and lets messages gather a while, so that the listening itself takes little of the machine. */
    static Arrivals counting(String bootstrapServers, String topic) {
        return new Arrivals(bootstrapServers, topic, 100_000);
    }

    private Arrivals(String bootstrapServers, String topic, int fetchBytes) {
        var consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "enable.auto.commit",
                        "false",
                        "fetch.min.bytes",
                        fetchBytes,
                        "fetch.max.wait.ms",
                        200),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        var partitions = consumer.partitionsFor(topic).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.endOffsets(partitions).forEach(consumer::seek);
        thread = Thread.ofPlatform().daemon(true).name("arrivals").start(() -> {
            try (consumer) {
                while (open) {
                    var messages = consumer.poll(Duration.ofMillis(100));
                    long now = System.nanoTime();
                    for (ConsumerRecord<byte[], byte[]> message : messages) {
                        nanosByKey.putIfAbsent(new String(message.key(), StandardCharsets.UTF_8), now);
                        count.incrementAndGet();
                    }
                }
            }
        });
    }

    long count() {
        return count.get();
    }

    /** Waits until so many have come since the listening began; false when they don't within half a minute. */
    boolean await(long many) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (count.get() < many && System.nanoTime() < end) {
            Thread.sleep(1);
        }
        return count.get() >= many;
    }

    long nanosOf(String key) {
        Long nanos = nanosByKey.get(key);
        if (nanos == null) {
            throw new IllegalStateException("Lost on the way: " + key);
        }
        return nanos;
    }

    @Override
    public void close() throws InterruptedException {
        open = false;
        thread.join();
    }
}
