package clinicops.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.StringUtils;

/** Compares what the groups of this service's input bindings have committed with the ends of their topics. */
final class GroupLag implements ConsumerLag, SmartLifecycle, MeterBinder {

    private static final Logger log = LoggerFactory.getLogger(GroupLag.class);
    private static final long UNKNOWN = -1;
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    private final KafkaConnection kafka;
    private final BindingServiceProperties bindings;
    private final Duration every;
    private volatile Instant lastCaughtUp = Instant.EPOCH;
    private volatile long lastTotal = UNKNOWN;
    private @Nullable Admin admin;
    private @Nullable Thread thread;
    private volatile boolean running;

    GroupLag(KafkaConnection kafka, BindingServiceProperties bindings, Duration every) {
        this.kafka = kafka;
        this.bindings = bindings;
        this.every = every;
    }

    @Override
    public long total() {
        long total;
        try {
            total = ask();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            total = UNKNOWN;
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            log.debug("Kafka does not tell the lag", e);
            total = UNKNOWN;
        }
        if (total == 0) {
            lastCaughtUp = Instant.now();
        }
        lastTotal = total;
        return total;
    }

    @Override
    public Instant lastCaughtUp() {
        return lastCaughtUp;
    }

    private long ask() throws ExecutionException, InterruptedException, TimeoutException {
        long total = 0;
        for (Map.Entry<String, Set<String>> group : topicsByGroup().entrySet()) {
            total += ask(group.getKey(), group.getValue());
        }
        return total;
    }

    private long ask(String group, Set<String> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        Admin client = admin();
        List<TopicPartition> partitions = get(client.describeTopics(topics).allTopicNames()).values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
        // handled first, ends second: a record that comes in between counts as lag, never the other way round
        Map<TopicPartition, OffsetAndMetadata> handled =
                get(client.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(group));
        var ends = offsets(client, partitions, OffsetSpec.latest());
        List<TopicPartition> untouched =
                partitions.stream().filter(p -> handled.get(p) == null).toList();
        var beginnings = offsets(client, untouched, OffsetSpec.earliest());
        long lag = 0;
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata committed = handled.get(partition);
            long from = committed != null
                    ? committed.offset()
                    : Objects.requireNonNull(beginnings.get(partition)).offset();
            lag += Math.max(0, Objects.requireNonNull(ends.get(partition)).offset() - from);
        }
        return lag;
    }

    private static Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> offsets(
            Admin client, Collection<TopicPartition> partitions, OffsetSpec which)
            throws ExecutionException, InterruptedException, TimeoutException {
        return partitions.isEmpty()
                ? Map.of()
                : get(client.listOffsets(partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> which)))
                        .all());
    }

    private static <T> T get(org.apache.kafka.common.KafkaFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Map<String, Set<String>> topicsByGroup() {
        Map<String, Set<String>> topics = new HashMap<>();
        bindings.getBindings().forEach((name, binding) -> {
            String group = bindings.getGroup(name);
            String destination = binding.getDestination();
            if (StringUtils.hasText(group) && destination != null) {
                Arrays.stream(destination.split(",")).map(String::strip).forEach(topic -> topics.computeIfAbsent(
                                group, _ -> new TreeSet<>())
                        .add(topic));
            }
        });
        return topics;
    }

    private synchronized Admin admin() {
        if (admin == null) {
            admin = Admin.create(kafka.with(
                    Map.of("request.timeout.ms", 3_000, "default.api.timeout.ms", (int) ANSWER_WITHIN.toMillis())));
        }
        return admin;
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("consumer-lag").daemon(true).start(() -> {
            try {
                while (running) {
                    total();
                    Thread.sleep(every);
                }
            } catch (InterruptedException e) {
                log.debug("Stopped");
            }
        });
    }

    @Override
    public synchronized void stop() {
        running = false;
        if (thread != null) {
            thread.interrupt();
        }
        if (admin != null) {
            admin.close(Duration.ZERO);
            admin = null;
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("clinicops.inbox.lag", () -> lastTotal == UNKNOWN ? Double.NaN : lastTotal)
                .description("Records that this service has still to handle")
                .register(registry);
    }
}
