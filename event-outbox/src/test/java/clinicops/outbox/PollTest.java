package clinicops.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinicops.contracts.Event;
import clinicops.contracts.EventCatalog;
import clinicops.contracts.IntakeEvent.PatientRegistered;
import clinicops.testing.TestServers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Query;

/** What one poll brought, made here: to a read model of everything, and to a service. */
class PollTest {

    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");

    private ConfigurableApplicationContext service;
    private final List<List<String>> calls = new ArrayList<>();
    private RuntimeException trouble = new IllegalStateException("this patient is too much for me");
    private Consumer<Poll> projection;

    @BeforeEach
    void start() {
        service = OutboxTestService.start(
                TestServers.freshDatabase("projection"),
                // nothing comes from the topics: the polls are made here
                Map.of(
                        "clinicops.outbox.relay", "false",
                        "spring.cloud.stream.default.consumer.auto-startup", "false"));
        projection = service.getBean(Inbox.class)
                .consumer(EventHandlers.named("projection")
                        .onEverything(this::project)
                        .build());
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private void project(List<Received<? extends Event>> events) {
        calls.add(events.stream().map(Received::id).toList());
        for (Received<? extends Event> received : events) {
            mongo().insert(new Document("event", received.id()), "projected");
            if ("trouble".equals(received.event().patientId())) {
                throw trouble;
            }
        }
    }

    @Test
    void thePollsEventsComeTogetherEachOnce() {
        projection.accept(poll(event("1", "anna"), event("2", "ben"), event("1", "anna")));
        projection.accept(poll(event("2", "ben"), event("3", "anna"), event("4", "ben")));
        projection.accept(poll(event("3", "anna"), event("4", "ben")));

        assertThat(calls).containsExactly(List.of("1", "2"), List.of("3", "4"));
        assertThat(projected()).containsExactlyInAnyOrder("1", "2", "3", "4");
    }

    @Test
    void aMalformedEventKeepsNoOtherOfItsPollFromBeingProjected() {
        projection.accept(poll(event("1", "anna"), malformed("2"), event("3", "ben")));

        assertThat(projected()).containsExactlyInAnyOrder("1", "3");
        assertThat(deadLetters()).containsExactly("2");
    }

    @Test
    void anEventThatTheProjectionStumblesOverIsADeadLetterAndLeavesNothingOfItself() {
        projection.accept(poll(event("1", "anna"), event("2", "trouble"), event("3", "ben")));

        assertThat(projected()).containsExactlyInAnyOrder("1", "3");
        assertThat(deadLetters()).containsExactly("2");
    }

    @Test
    void whileTheDatabaseIsAwayTheWholePollWaits() {
        trouble = new DataAccessResourceFailureException("gone");
        Poll poll = poll(event("1", "anna"), event("2", "trouble"));
        assertThatThrownBy(() -> projection.accept(poll)).isSameAs(trouble);
        assertThat(projected()).isEmpty();
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void aServicesHandlersGetEachEventOnItsOwnWithItsOwnCause() {
        List<String> causes = new ArrayList<>();
        Consumer<Poll> service = this.service
                .getBean(Inbox.class)
                .consumer(EventHandlers.named("service")
                        .on(PatientRegistered.class, received -> {
                            causes.add(String.valueOf(EventContext.causationId()));
                            mongo().insert(new Document("event", received.id()), "projected");
                            if ("trouble".equals(received.event().patientId())) {
                                throw trouble;
                            }
                        })
                        .build());
        service.accept(poll(event("1", "anna"), event("2", "ben")));
        assertThat(causes).containsExactly("1", "2");

        service.accept(poll(event("2", "ben"), event("3", "trouble"), event("4", "anna")));
        assertThat(projected()).containsExactlyInAnyOrder("1", "2", "4");
        assertThat(deadLetters()).containsExactly("3");
    }

    private List<String> projected() {
        return mongo().findDistinct(new Query(), "event", "projected", Document.class, String.class);
    }

    private List<String> deadLetters() {
        return service.getBean(DeadLetters.class).list(null, null, 10).stream()
                .map(DeadLetter::eventId)
                .toList();
    }

    private MongoTemplate mongo() {
        return service.getBean(MongoTemplate.class);
    }

    @SafeVarargs
    private static Poll poll(ConsumerRecord<byte[], byte[]>... records) {
        return new Poll(List.of(records));
    }

    private static ConsumerRecord<byte[], byte[]> event(String id, String patient) {
        return arriving(id, EventFormat.write(new PatientRegistered(patient, "referral-1", NOON)));
    }

    private static ConsumerRecord<byte[], byte[]> malformed(String id) {
        return arriving(id, "{oops");
    }

    private static ConsumerRecord<byte[], byte[]> arriving(String id, String body) {
        EventCatalog.Entry entry = EventCatalog.of(PatientRegistered.class);
        var record = new ConsumerRecord<>(entry.topic(), 0, 0, bytes("key"), bytes(body));
        Map.of(
                        Wire.ID,
                        id,
                        Wire.TYPE,
                        entry.type(),
                        Wire.SOURCE,
                        "/intake",
                        Wire.SUBJECT,
                        "referral-1",
                        Wire.SEQUENCE,
                        "1",
                        Wire.TIME,
                        NOON.toString())
                .forEach((name, value) -> record.headers().add(name, bytes(value)));
        return record;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
