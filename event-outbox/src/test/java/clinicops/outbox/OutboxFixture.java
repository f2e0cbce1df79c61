package clinicops.outbox;

import clinicops.contracts.SchedulingEvent.EscortNamed;
import clinicops.testing.TestServers;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoTemplate;

/** A database of its own with an outbox, a way to Kafka, and relays that a test starts and kills. */
final class OutboxFixture implements AutoCloseable {

    final ConfigurableApplicationContext context;
    final List<Relay> relays = new ArrayList<>();

    OutboxFixture() {
        context = OutboxTestService.start(
                TestServers.freshDatabase("outbox"),
                // nothing is consumed: these tests look at what lies on the topics
                Map.of(
                        "clinicops.outbox.relay",
                        "false",
                        "spring.cloud.stream.default.consumer.auto-startup",
                        "false"));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    MongoTemplate mongo() {
        return bean(MongoTemplate.class);
    }

    MongoCollection<Document> collection(String name) {
        return mongo().getCollection(name);
    }

    static OutboxProperties properties(Duration watermarkEvery) {
        return new OutboxProperties(
                true,
                Duration.ofSeconds(1),
                Duration.ofSeconds(90),
                watermarkEvery,
                // a sweep stores the watermark first
                watermarkEvery.compareTo(Duration.ofSeconds(1)) > 0 ? watermarkEvery : Duration.ofSeconds(1),
                100,
                Duration.ofSeconds(1),
                Duration.ofSeconds(2));
    }

    EventSink toKafka() {
        return new StreamSink(bean(StreamBridge.class));
    }

    Relay relay(EventSink sink, OutboxProperties properties) {
        MongoDatabaseFactory database = bean(MongoDatabaseFactory.class);
        Relay relay = new Relay(
                bean(MongoClient.class),
                database,
                new Leases(database),
                sink,
                bean(TopicsAtStart.class),
                properties,
                new RelayLatency());
        relays.add(relay);
        return relay;
    }

    Relay started(EventSink sink, OutboxProperties properties) {
        Relay relay = relay(sink, properties);
        relay.start();
        return relay;
    }

    Relay started() {
        return started(toKafka(), properties(Duration.ofMillis(50)));
    }

    /** One command: the session's version goes up and its escort is named, in one transaction. */
    void nameEscort(String session, long version, String patient) {
        bean(Transactions.class).run(() -> {
            mongo().save(new Document("_id", session).append("version", version), "sessions");
            bean(Outbox.class).append(session, version, List.of(new EscortNamed(session, patient, Instant.now())));
        });
    }

    @Override
    public void close() {
        relays.forEach(Relay::stop);
        context.close();
    }
}
