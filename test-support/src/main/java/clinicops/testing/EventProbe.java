package clinicops.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;

/**
 * Listens to topics from its making on and compares what comes with what a test expects. A message is <em>pending</em>
 * until an expectation has taken it; {@link #expectExactly} suffers no pending message beside the named ones. Belongs to
 * one thread.
 */
public final class EventProbe implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(20);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final List<Received> all = new ArrayList<>();
    private final List<Received> pending = new ArrayList<>();
    private Duration patience = Duration.ofSeconds(15);
    private BooleanSupplier settled = () -> true;

    private EventProbe(String bootstrapServers, String... topics) {
        TestServers.createTopicsAt(bootstrapServers, topics);
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false",
                // a reader of everything must not wait for a batch to fill
                "fetch.max.wait.ms", "50");
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        partitions = Arrays.stream(topics)
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.endOffsets(partitions).forEach(consumer::seek);
    }

    /** Listens on the test broker; topics that are missing are made. */
    public static EventProbe on(String... topics) {
        return at(TestServers.bootstrapServers(), topics);
    }

    /** Listens on another broker. */
    public static EventProbe at(String bootstrapServers, String... topics) {
        return new EventProbe(bootstrapServers, topics);
    }

    /** Begins with the oldest message that the topics hold, not with the next one. */
    public EventProbe fromTheBeginning() {
        consumer.seekToBeginning(partitions);
        return this;
    }

    /** How long to wait for a message; 15 s unless told. */
    public EventProbe within(Duration time) {
        patience = time;
        return this;
    }

    /**
     * When whoever sends has nothing more to send (an empty outbox, say): awaited before silence is believed. Without it
     * silence only means that no topic holds a further message at this moment.
     */
    public EventProbe settledWhen(BooleanSupplier nothingMoreToSend) {
        settled = nothingMoreToSend;
        return this;
    }

    /** Awaits a pending message of this type and takes the oldest. */
    public Received awaitType(String type) {
        return await("a message of type " + type, message -> message.type().equals(type));
    }

    /** Awaits a pending message that fits and takes the oldest. */
    public Received await(String what, Predicate<Received> fits) {
        waitFor(() -> pending.stream().anyMatch(fits), () -> "Awaited " + what);
        Received found = pending.stream().filter(fits).findFirst().orElseThrow();
        pending.remove(found);
        return found;
    }

    /**
     * Awaits pending messages of these types, in whatever order, each as often as named, and takes them; others may be
     * pending beside them.
     *
     * @return the messages in the order of the arguments
     */
    public List<Received> awaitTypes(String... types) {
        waitFor(() -> missing(types).isEmpty(), () -> "Awaited " + List.of(types) + ", missing " + missing(types));
        return take(types);
    }

    /**
     * Awaits exactly these types, in whatever order (one key's order: {@link #ofKey}), each as often as named; then silence.
     * Fails as soon as any other message comes.
     *
     * @return the messages in the order of the arguments
     */
    public List<Received> expectExactly(String... types) {
        waitFor(
                () -> {
                    refuseMoreThan(types);
                    return missing(types).isEmpty();
                },
                () -> "Expected exactly " + List.of(types) + ", missing " + missing(types));
        awaitSettled();
        refuseMoreThan(types);
        return take(types);
    }

    /** Fails when any message is pending or comes. */
    public void expectSilence() {
        expectExactly();
    }

    /** Every message of this type since the probe was made, pending or taken, up to this moment. */
    public List<Received> of(String type) {
        return seen(message -> message.type().equals(type));
    }

    /** Every message with this key, pending or taken: in the order in which a consumer of the topic gets them. */
    public List<Received> ofKey(String key) {
        return seen(message -> key.equals(message.key()));
    }

    /** Every message about this aggregate, pending or taken. */
    public List<Received> about(String subject) {
        return seen(message -> subject.equals(message.subject()));
    }

    /** Everything since the probe was made, pending or taken, up to this moment. */
    public List<Received> all() {
        return seen(_ -> true);
    }

    /** Takes all that is pending now: what came while a test was being prepared. */
    public EventProbe forget() {
        awaitSettled();
        pending.clear();
        return this;
    }

    private List<Received> seen(Predicate<Received> which) {
        catchUp();
        return all.stream().filter(which).toList();
    }

    private void awaitSettled() {
        waitFor(settled, () -> "Awaited that the sender has nothing more to send");
        catchUp();
    }

    /** Reads up to where the topics end at this moment. */
    private void catchUp() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        waitFor(
                () -> ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue()),
                () -> "Awaited the end of the topics " + ends);
    }

    private void waitFor(BooleanSupplier condition, java.util.function.Supplier<String> what) {
        try {
            Awaitility.await()
                    .atMost(patience)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .pollInSameThread()
                    .until(() -> {
                        if (condition.getAsBoolean()) {
                            return true;
                        }
                        poll();
                        return condition.getAsBoolean();
                    });
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            throw new AssertionError(what.get() + " for " + patience.toMillis() + " ms. " + pendingText(), e);
        }
    }

    private void poll() {
        for (var message : consumer.poll(POLL)) {
            Received received = Received.of(message);
            all.add(received);
            pending.add(received);
        }
    }

    private List<String> missing(String... types) {
        List<String> missing = new ArrayList<>(List.of(types));
        pending.forEach(message -> missing.remove(message.type()));
        return missing;
    }

    private void refuseMoreThan(String... types) {
        Collection<String> allowed = new ArrayList<>(List.of(types));
        List<String> extra = pending.stream()
                .map(Received::type)
                .filter(type -> !allowed.remove(type))
                .toList();
        if (!extra.isEmpty()) {
            throw new AssertionError(
                    "Expected exactly " + List.of(types) + ", but there is also " + extra + ". " + pendingText());
        }
    }

    private List<Received> take(String... types) {
        List<Received> taken = new ArrayList<>();
        for (String type : types) {
            Optional<Received> found = pending.stream()
                    .filter(message -> message.type().equals(type))
                    .findFirst();
            found.ifPresent(message -> {
                pending.remove(message);
                taken.add(message);
            });
        }
        return taken;
    }

    private String pendingText() {
        StringBuilder text = new StringBuilder("Pending: ").append(pending.isEmpty() ? "nothing" : "");
        pending.forEach(message -> text.append("%n  %s/%d@%d key %s %s %s"
                .formatted(
                        message.topic(),
                        message.partition(),
                        message.offset(),
                        message.key(),
                        message.headers(),
                        message.text())));
        return text.toString();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
