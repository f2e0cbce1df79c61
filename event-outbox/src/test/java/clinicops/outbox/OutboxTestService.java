package clinicops.outbox;

import clinicops.contracts.Event;
import clinicops.contracts.IntakeEvent.ConsentSigned;
import clinicops.contracts.IntakeEvent.ConsentWithdrawn;
import clinicops.contracts.IntakeEvent.PatientRegistered;
import clinicops.contracts.SchedulingEvent.NoteSigned;
import clinicops.contracts.SchedulingEvent.PatientCheckedIn;
import clinicops.testing.TestServers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.bson.Document;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.core.MongoTemplate;

/** A small service with one consumer. Each effect is a row in {@code effects}, so that a second one would show. */
@SpringBootConfiguration
@EnableAutoConfiguration
class OutboxTestService {

    /** Patients whose events a handler refuses or stumbles over, by what it throws. */
    static final Map<String, RuntimeException> TROUBLE = new ConcurrentHashMap<>();

    static ConfigurableApplicationContext start(String mongoUri, Map<String, Object> more) {
        Map<String, Object> properties = new TreeMap<>(Map.of(
                "spring.mongodb.uri", mongoUri,
                "spring.cloud.stream.kafka.binder.brokers", TestServers.bootstrapServers(),
                "spring.cloud.function.definition", "clinicEvents",
                "spring.cloud.stream.bindings.clinicEvents-in-0.destination",
                        "clinic.intake,clinic.scheduling,clinic.contact",
                "spring.cloud.stream.bindings.clinicEvents-in-0.group", "test-" + Ids.next(),
                "spring.main.banner-mode", "off",
                "clinicops.outbox.lease", "2s"));
        properties.putAll(more);
        return new SpringApplicationBuilder(OutboxTestService.class)
                .web(WebApplicationType.NONE)
                .properties(properties)
                .run();
    }

    @Bean
    EventHandlers handlers(MongoTemplate mongo, Outbox outbox) {
        return EventHandlers.named("test")
                .on(PatientRegistered.class, received -> {
                    RuntimeException trouble = TROUBLE.get(received.event().patientId());
                    effect(mongo, received);
                    if (trouble != null) {
                        throw trouble;
                    }
                })
                .on(PatientCheckedIn.class, received -> {
                    effect(mongo, received);
                    outbox.append(
                            received.subject(),
                            received.sequence(),
                            List.of(new NoteSigned(
                                    received.event().sessionId(),
                                    received.event().patientId(),
                                    "nurse",
                                    Instant.now())));
                })
                .latest("consent", ConsentSigned.class, received -> consent(mongo, received.subject(), "signed"))
                .latest("consent", ConsentWithdrawn.class, received -> consent(mongo, received.subject(), "withdrawn"))
                .onContact(contact -> {
                    String sealed = contact.sealed();
                    mongo.save(
                            new Document("_id", contact.patientId()).append("card", sealed == null ? "erased" : sealed),
                            "contacts");
                })
                .build();
    }

    private static void effect(MongoTemplate mongo, Received<? extends Event> received) {
        mongo.insert(
                new Document("event", received.id())
                        .append("patient", received.event().patientId())
                        .append("correlation", received.correlationId()),
                "effects");
    }

    private static void consent(MongoTemplate mongo, String id, String state) {
        mongo.save(new Document("_id", id).append("state", state), "consents");
    }

    @Bean
    Consumer<Poll> clinicEvents(Inbox inbox, EventHandlers handlers) {
        return inbox.consumer(handlers);
    }
}
