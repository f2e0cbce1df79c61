package clinicops.outbox;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import clinicops.contracts.SchedulingEvent.PatientCheckedIn;
import clinicops.contracts.Topics;
import clinicops.testing.EventSender;
import clinicops.testing.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.mongodb.core.MongoTemplate;

/** One service that sends to itself, while the servers go away and come back. */
class OutageTest {

    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");

    private ConfigurableApplicationContext service;
    private final String patient = Ids.next();

    @BeforeEach
    void start() {
        service = OutboxTestService.start(
                TestServers.freshDatabase("outage"), Map.of("clinicops.outbox.retry-at-most", "1s"));
    }

    @AfterEach
    void stop() {
        TestServers.broker().startAgain();
        TestServers.mongo().startAgain();
        service.close();
    }

    @Test
    void commandsAreTakenWithoutABrokerAndToldWhenItIsBack() {
        checkIn(1);
        // the group is new, the topic is not: what other tests left there is handled first
        await().atMost(60, SECONDS)
                .until(() ->
                        effects() == 1 && service.getBean(ConsumerLag.class).total() == 0 && status().unsent() == 0);

        TestServers.broker().stop();
        checkIn(2);
        checkIn(3);
        assertThat(status().unsent()).isEqualTo(2);
        assertThat(service.getBean(ConsumerLag.class).total()).isEqualTo(-1);

        TestServers.broker().startAgain();
        await().atMost(60, SECONDS).until(() -> effects() == 3 && status().unsent() == 0);
        assertThat(notes()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aServiceStartsWithoutABrokerAndWorksOnceItIsThere() {
        service.close();
        TestServers.broker().stop();
        long begun = System.nanoTime();
        service = OutboxTestService.start(
                TestServers.freshDatabase("outage"), Map.of("clinicops.outbox.retry-at-most", "1s"));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
        checkIn(1);
        assertThat(status().unsent()).isEqualTo(1);

        TestServers.broker().startAgain();
        await().atMost(60, SECONDS).until(() -> effects() == 1 && status().unsent() == 0);
    }

    @Test
    void eventsThatArriveWithoutADatabaseWaitForIt() {
        try (EventSender sender = EventSender.create()) {
            checkIn(1);
            await().atMost(20, SECONDS).until(() -> effects() == 1 && status().unsent() == 0);

            TestServers.mongo().kill();
            String session = Ids.next();
            var waiting = sender.send(session, new PatientCheckedIn(session, patient, NOON));
            assertThatThrownBy(() -> checkIn(2))
                    .satisfies(e -> assertThat(Failures.passes(e)).isTrue());

            TestServers.mongo().startAgain();
            await().atMost(60, SECONDS).ignoreExceptions().until(() -> effects() == 2);
            checkIn(3);
            await().atMost(60, SECONDS).until(() -> effects() == 3 && status().unsent() == 0);
            assertThat(mongo().getCollection("inbox").countDocuments(new Document("_id", "test|" + waiting.id())))
                    .isEqualTo(1);
            assertThat(deadLetters()).isEmpty();
        }
    }

    @Test
    void nothingIsLostAndEachEffectHappensOnceWhileBothServersComeAndGo() throws Exception {
        Set<Long> committed = new LinkedHashSet<>();
        AtomicBoolean more = new AtomicBoolean(true);
        try (var writers = Executors.newSingleThreadExecutor()) {
            Future<?> writer = writers.submit(() -> {
                for (long number = 1; more.get(); number++) {
                    try {
                        checkIn(number);
                        committed.add(number);
                    } catch (RuntimeException e) {
                        // whether it was committed is unknown here; what counts is in the database below
                    }
                }
            });
            TestServers.broker().stop();
            awaitEvents(30);
            TestServers.broker().startAgain();
            awaitEvents(60);
            TestServers.mongo().kill();
            TestServers.mongo().startAgain();
            awaitEvents(100);
            more.set(false);
            writer.get(60, SECONDS);
        }
        await().atMost(90, SECONDS).ignoreExceptions().until(() -> status().unsent() == 0);
        Set<Long> checkedIn = new LinkedHashSet<>();
        mongo().getCollection("sessions").find().forEach(row -> checkedIn.add(row.getLong("number")));
        assertThat(checkedIn).containsAll(committed);
        await().atMost(60, SECONDS).ignoreExceptions().untilAsserted(() -> assertThat(effects())
                .isEqualTo(checkedIn.size()));
        await().atMost(60, SECONDS)
                .until(() -> status().unsent() == 0
                        && service.getBean(ConsumerLag.class).total() == 0);
        assertThat(effects()).isEqualTo(checkedIn.size());
        assertThat(new LinkedHashSet<>(notes())).isEqualTo(checkedIn);
        assertThat(deadLetters()).isEmpty();
    }

    private void awaitEvents(int many) {
        await().atMost(60, SECONDS)
                .ignoreExceptions()
                .until(() -> mongo().getCollection("sessions").countDocuments() >= many);
    }

    private void checkIn(long number) {
        String session = Ids.next();
        service.getBean(Transactions.class).run(() -> {
            mongo().insert(new Document("_id", session).append("number", number), "sessions");
            service.getBean(Outbox.class)
                    .append(session, number, List.of(new PatientCheckedIn(session, patient, NOON)));
        });
    }

    /** The group is new, the topic is not: it meets the poison that other tests left there, too. */
    private List<DeadLetter> deadLetters() {
        return service.getBean(DeadLetters.class).list(null, null, 200).stream()
                .filter(letter -> patient.equals(letter.key()))
                .toList();
    }

    private long effects() {
        return mongo().getCollection("effects").countDocuments(new Document("patient", patient));
    }

    /** Sequences of the notes that the handler's effects caused, once each, in order. */
    private List<Long> notes() {
        Set<String> ids = new LinkedHashSet<>();
        List<Long> sequences = new ArrayList<>();
        service.getBean(TopicReplay.class).replay(List.of(Topics.SCHEDULING), received -> {
            if (received.type().equals("scheduling.note-signed.v1")
                    && patient.equals(received.event().patientId())
                    && ids.add(received.id())) {
                sequences.add(received.sequence());
            }
        });
        return sequences;
    }

    private OutboxStatus status() {
        return service.getBean(OutboxStatus.class);
    }

    private MongoTemplate mongo() {
        return service.getBean(MongoTemplate.class);
    }
}
