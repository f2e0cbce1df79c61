package clinicops.outbox;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import clinicops.contracts.SchedulingEvent.EscortNamed;
import clinicops.contracts.Topics;
import clinicops.testing.EventProbe;
import clinicops.testing.Received;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayTest {

    private static final Duration NEVER = Duration.ofHours(1);

    private OutboxFixture clinic;
    private EventProbe probe;

    @BeforeEach
    void open() {
        clinic = new OutboxFixture();
        probe = EventProbe.on(Topics.SCHEDULING, Topics.CONTACT);
    }

    @AfterEach
    void close() {
        probe.close();
        clinic.close();
    }

    @Test
    void sendsACommittedEventAsACloudEvent() {
        clinic.started();
        try (var _ = EventContext.open("request-1", "cause-1")) {
            clinic.nameEscort("session-1", 7, "patient-1");
        }

        Received sent = probe.awaitType("scheduling.escort-named.v1");
        assertThat(sent.key()).isEqualTo("patient-1");
        assertThat(sent.headers())
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_source", "/scheduling")
                .containsEntry("ce_subject", "session-1")
                .containsEntry("ce_sequence", "7")
                .containsEntry("ce_correlationid", "request-1")
                .containsEntry("ce_causationid", "cause-1")
                .containsEntry("content-type", "application/json")
                .containsKeys("ce_id", "ce_time")
                .doesNotContainKey("traceparent")
                .hasSize(10);
        assertThat(Instant.parse(sent.header("ce_time")))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(sent.body(EscortNamed.class).sessionId()).isEqualTo("session-1");
        awaitAllSent();
    }

    @Test
    void sendsContactCardsAndTombstones() {
        clinic.started();
        String patient = Ids.next();
        clinic.bean(Transactions.class).run(() -> {
            clinic.bean(Outbox.class).appendContact(patient, 1, "sealed");
            clinic.bean(Outbox.class).appendContact(patient, 2, null);
        });

        Received card = probe.awaitType("contact-card");
        Received tombstone = probe.awaitType("contact-card");
        assertThat(card.text()).isEqualTo("sealed");
        assertThat(card.header("content-type")).isEqualTo("application/jose");
        assertThat(tombstone.text()).isNull();
        assertThat(tombstone.key()).isEqualTo(patient);
    }

    @Test
    void refusesAnEventOutsideOfATransaction() {
        assertThatThrownBy(() -> clinic.bean(Outbox.class)
                        .append("session-1", 1, List.of(new EscortNamed("session-1", "patient-1", Instant.now()))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("transaction");
        assertThatThrownBy(() -> clinic.bean(Outbox.class).appendContact("patient-1", 1, null))
                .isInstanceOf(IllegalStateException.class);
        assertThat(clinic.collection("outbox").countDocuments()).isZero();
    }

    @Test
    void gatheredEventsAreSentInOrderEachWithItsOwnOrigin() {
        clinic.started();
        Outbox outbox = clinic.bean(Outbox.class);
        Outbox.Gathered outside = outbox.gather();
        outside.append("session-0", 1, List.of(new EscortNamed("session-0", "patient-1", Instant.now())));
        assertThatThrownBy(outside::store).isInstanceOf(IllegalStateException.class);

        clinic.bean(Transactions.class).run(() -> {
            Outbox.Gathered gathered = outbox.gather();
            for (int request = 1; request <= 3; request++) {
                try (var _ = EventContext.open("request-" + request, null)) {
                    gathered.append(
                            "session-" + request,
                            request,
                            List.of(new EscortNamed("session-" + request, "patient-1", Instant.now())));
                }
            }
            gathered.store();
            gathered.store();
        });

        List<Received> sent = probe.settledWhen(this::allSent)
                .expectExactly(
                        "scheduling.escort-named.v1", "scheduling.escort-named.v1", "scheduling.escort-named.v1");
        assertThat(sent).extracting(Received::subject).containsExactly("session-1", "session-2", "session-3");
        assertThat(sent)
                .extracting(event -> event.header("ce_correlationid"))
                .containsExactly("request-1", "request-2", "request-3");
    }

    @Test
    void gatheredContactCardsGoInBesideTheEventsOfTheirPatients() {
        clinic.started();
        Outbox outbox = clinic.bean(Outbox.class);
        clinic.bean(Transactions.class).run(() -> {
            Outbox.Gathered gathered = outbox.gather();
            for (String patient : List.of("patient-1", "patient-2")) {
                gathered.append("session-of-" + patient, 1, List.of(new EscortNamed("s", patient, Instant.now())));
                gathered.appendContact(patient, 1, "sealed for " + patient);
            }
            assertThat(clinic.collection("outbox").countDocuments()).isZero();
            gathered.store();
        });

        assertThat(List.of(probe.awaitType("contact-card"), probe.awaitType("contact-card")))
                .extracting(Received::key, Received::text)
                .containsExactlyInAnyOrder(
                        tuple("patient-1", "sealed for patient-1"), tuple("patient-2", "sealed for patient-2"));
        probe.awaitType("scheduling.escort-named.v1");
        probe.awaitType("scheduling.escort-named.v1");
        awaitAllSent();
    }

    @Test
    void sendsNothingOfACommandThatFailed() {
        clinic.started();
        assertThatThrownBy(() -> clinic.bean(Transactions.class).run(() -> {
                    clinic.nameEscort("session-1", 1, "patient-1");
                    throw new IllegalArgumentException("no escort, no dose");
                }))
                .hasMessage("no escort, no dose");
        clinic.nameEscort("session-2", 1, "patient-2");

        List<Received> sent = probe.settledWhen(this::allSent).expectExactly("scheduling.escort-named.v1");
        assertThat(sent.getFirst().subject()).isEqualTo("session-2");
        assertThat(clinic.collection("sessions").countDocuments()).isEqualTo(1);
    }

    @Test
    void relayKilledBetweenSendAndWatermarkLosesNothing() {
        Relay first = clinic.started(clinic.toKafka(), OutboxFixture.properties(NEVER));
        clinic.nameEscort("session-1", 1, "patient-1");
        probe.awaitType("scheduling.escort-named.v1");
        // sent, but the watermark does not know it yet
        first.kill();
        clinic.nameEscort("session-1", 2, "patient-1");

        clinic.started();
        List<Long> after = new ArrayList<>();
        await().atMost(20, SECONDS).until(() -> {
            after.add(probe.awaitType("scheduling.escort-named.v1").sequence());
            return after.contains(2L);
        });
        // the first one comes again: consumers know it by its id; what must not happen is that one is missing or
        // overtaken
        assertThat(after).containsExactly(1L, 2L);
        awaitAllSent();
    }

    @Test
    void goesOnWithKeptRowsWhenThePlaceInTheStreamIsLost() {
        Relay first = clinic.started();
        clinic.nameEscort("session-1", 1, "patient-1");
        probe.awaitType("scheduling.escort-named.v1");
        awaitAllSent();
        first.stop();
        clinic.nameEscort("session-1", 2, "patient-1");
        BsonDocument nonsense = new BsonDocument("_data", new BsonString("8263"));
        clinic.collection("outbox_relay")
                .updateOne(new Document("_id", "watermark"), new Document("$set", new Document("token", nonsense)));

        clinic.started();
        probe.await("the event of the time without a relay", m -> m.sequence() == 2);
        clinic.nameEscort("session-1", 3, "patient-1");
        probe.await("the next one", m -> m.sequence() == 3);
        awaitAllSent();
    }

    @Test
    void firstRelaySendsWhatWasThereBefore() {
        clinic.nameEscort("session-1", 1, "patient-1");
        clinic.nameEscort("session-1", 2, "patient-1");
        assertThat(clinic.bean(OutboxStatus.class).unsent()).isEqualTo(2);
        assertThat(clinic.bean(OutboxStatus.class).oldest()).isPresent();

        clinic.started();
        assertThat(probe.awaitType("scheduling.escort-named.v1").sequence()).isEqualTo(1);
        assertThat(probe.awaitType("scheduling.escort-named.v1").sequence()).isEqualTo(2);
        awaitAllSent();
        assertThat(clinic.bean(OutboxStatus.class).oldest()).isEmpty();
    }

    @Test
    void ofTwoRelaysOneSendsAndTheOtherTakesOver() {
        Relay one = clinic.started();
        await().until(one::leads);
        Relay other = clinic.started();
        clinic.nameEscort("session-1", 1, "patient-1");
        clinic.nameEscort("session-1", 2, "patient-1");
        probe.settledWhen(this::allSent).expectExactly("scheduling.escort-named.v1", "scheduling.escort-named.v1");
        assertThat(other.leads()).isFalse();

        one.kill();
        clinic.nameEscort("session-1", 3, "patient-1");
        probe.await("the event of the time without a relay", m -> m.sequence() == 3);
        assertThat(other.leads()).isTrue();
    }

    /** Its row carries an earlier stamp than one that is sent already: only the copy that sends knows, or the stream. */
    @Test
    void theCopyThatDoesNotSendKnowsOfACommitThatWasLate() throws Exception {
        var held = new CountDownLatch(1);
        EventSink kafka = clinic.toKafka();
        clinic.started(
                row -> {
                    if (row.subject().equals("slow")) {
                        try {
                            held.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }
                    return kafka.send(row);
                },
                OutboxFixture.properties(Duration.ofMillis(50)));
        var appended = new CountDownLatch(1);
        var commit = new CountDownLatch(1);
        try (var writer = Executors.newSingleThreadExecutor()) {
            Future<?> slow = writer.submit(() -> clinic.bean(Transactions.class).run(() -> {
                clinic.bean(Outbox.class)
                        .append("slow", 1, List.of(new EscortNamed("slow", "patient-1", Instant.now())));
                appended.countDown();
                try {
                    commit.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
            try {
                appended.await();
                // the stamp counts seconds, and numbers within one
                clinic.nameEscort("quick", 1, "patient-2");
                awaitAllSent();
                commit.countDown();
                slow.get();
                assertThat(clinic.bean(OutboxStatus.class).unsent()).isEqualTo(1);
            } finally {
                commit.countDown();
                held.countDown();
            }
        }
        awaitAllSent();
    }

    @Test
    void aFailedSendIsTriedAgainAndNothingOfItsKeyOvertakesIt() {
        List<String> taken = new ArrayList<>();
        AtomicInteger failures = new AtomicInteger();
        EventSink moody = row -> {
            if (row.subject().equals("session-1") && row.sequence() == 2 && failures.incrementAndGet() <= 3) {
                return CompletableFuture.failedFuture(new IllegalStateException("no leader"));
            }
            taken.add(row.subject() + "/" + row.sequence());
            return CompletableFuture.completedFuture(null);
        };
        for (int version = 1; version <= 3; version++) {
            clinic.nameEscort("session-1", version, "patient-1");
            clinic.nameEscort("session-2", version, "patient-2");
        }
        clinic.started(moody, OutboxFixture.properties(Duration.ofMillis(50)));

        await().untilAsserted(() -> assertThat(taken).hasSize(6));
        assertThat(taken)
                .filteredOn(t -> t.startsWith("session-1"))
                .containsExactly("session-1/1", "session-1/2", "session-1/3");
        assertThat(taken)
                .filteredOn(t -> t.startsWith("session-2"))
                .containsExactly("session-2/1", "session-2/2", "session-2/3");
        assertThat(failures).hasValue(4);
        awaitAllSent();
    }

    @Test
    void keepsTheOrderOfEachPatientUnderEightWriters() throws Exception {
        clinic.started();
        int writers = 8;
        int commands = 40;
        try (var pool = Executors.newFixedThreadPool(writers)) {
            List<Future<?>> done = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                String session = "session-" + w;
                done.add(pool.submit(() -> IntStream.rangeClosed(1, commands)
                        .forEach(version -> clinic.nameEscort(session, version, "patient-of-" + session))));
            }
            for (Future<?> writer : done) {
                writer.get(60, SECONDS);
            }
        }
        awaitAllSent();

        // on a slow machine the lease may have run out in between: then some come again, which consumers know by their
        // ids
        Map<String, Set<Long>> versions = new HashMap<>();
        while (versions.values().stream().mapToInt(Set::size).sum() < writers * commands) {
            Received sent = probe.awaitType("scheduling.escort-named.v1");
            versions.computeIfAbsent(sent.subject(), _ -> new LinkedHashSet<>()).add(sent.sequence());
        }
        assertThat(versions).hasSize(writers).allSatisfy((_, firstArrivals) -> assertThat(firstArrivals)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, commands).boxed().toList()));
    }

    @Test
    void sentRowsAreDeletedBehindTheMargin() {
        OutboxProperties shortMargin = new OutboxProperties(
                true,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofMillis(50),
                Duration.ofMillis(200),
                100,
                Duration.ofSeconds(1),
                Duration.ofSeconds(2));
        clinic.started(clinic.toKafka(), shortMargin);
        clinic.nameEscort("session-1", 1, "patient-1");
        // the watermark moves with the next event
        await().atMost(20, SECONDS).until(() -> {
            clinic.nameEscort("session-2", System.nanoTime(), "patient-2");
            return clinic.collection("outbox").countDocuments(new Document("subject", "session-1")) == 0;
        });
        awaitAllSent();
    }

    @Test
    void metersTellWhatIsUnsentAndHowLongSendingTook() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        RelayLatency latency = new RelayLatency();
        latency.bindTo(meters);
        clinic.bean(RelayStatus.class).bindTo(meters);
        clinic.nameEscort("session-1", 1, "patient-1");
        assertThat(meters.get("clinicops.outbox.unsent").gauge().value()).isEqualTo(1);
        assertThat(meters.get("clinicops.outbox.oldest.age").gauge().value()).isBetween(0.0, 30.0);

        latency.record(Duration.ofMillis(5), 2);
        assertThat(meters.get("clinicops.outbox.relay.latency").timer().count()).isEqualTo(2);
        clinic.started();
        await().atMost(20, SECONDS)
                .until(() -> meters.get("clinicops.outbox.unsent").gauge().value() == 0);
        assertThat(meters.get("clinicops.outbox.oldest.age").gauge().value()).isZero();
    }

    /**
     * Writers commit and abort while relays are killed, sends fail and the place in the stream is lost, at random. Whatever
     * comes first of each event must be complete and in order.
     */
    @Test
    void nothingIsLostOrOvertakenWhateverBreaks() throws Exception {
        long seed = System.nanoTime();
        Random chance = new Random(seed);
        Map<String, Set<Long>> arrived = new ConcurrentHashMap<>();
        EventSink unsure = row -> {
            synchronized (chance) {
                int dice = chance.nextInt(20);
                if (dice == 0) {
                    return CompletableFuture.failedFuture(new IllegalStateException("not taken"));
                }
                arrived.computeIfAbsent(row.subject(), _ -> new LinkedHashSet<>())
                        .add(row.sequence());
                // taken, but the answer is lost
                return dice == 1
                        ? CompletableFuture.failedFuture(new IllegalStateException("no answer"))
                        : CompletableFuture.completedFuture(null);
            }
        };
        Map<String, List<Long>> committed = new ConcurrentHashMap<>();
        OutboxProperties properties = OutboxFixture.properties(Duration.ofMillis(200));
        try (var writers = Executors.newFixedThreadPool(4)) {
            List<Future<?>> done = new ArrayList<>();
            for (int w = 0; w < 4; w++) {
                String session = "session-" + w;
                Random dice = new Random(seed + w);
                done.add(writers.submit(() -> {
                    for (long version = 1; version <= 250; version++) {
                        long current = version;
                        try {
                            clinic.bean(Transactions.class).run(() -> {
                                clinic.nameEscort(session, current, "patient-of-" + session);
                                if (dice.nextInt(10) == 0) {
                                    throw new IllegalArgumentException("refused");
                                }
                            });
                            committed
                                    .computeIfAbsent(session, _ -> new ArrayList<>())
                                    .add(version);
                        } catch (IllegalArgumentException e) {
                            // a command that failed leaves nothing behind
                        }
                    }
                }));
            }
            Relay current = clinic.started(unsure, properties);
            for (int crash = 0; crash < 4; crash++) {
                Relay victim = current;
                int before = arrived.values().stream().mapToInt(Set::size).sum();
                await().atMost(20, SECONDS)
                        .until(() ->
                                arrived.values().stream().mapToInt(Set::size).sum() > before + 20
                                        || done.stream().allMatch(Future::isDone));
                victim.kill();
                if (chance.nextBoolean()) {
                    clinic.collection("outbox_relay")
                            .updateOne(
                                    new Document("_id", "watermark"),
                                    new Document("$set", new Document("token", new Document("_data", "8263"))));
                }
                current = clinic.started(unsure, properties);
            }
            for (Future<?> writer : done) {
                writer.get(60, SECONDS);
            }
        }
        awaitAllSent();
        assertThat(arrived.keySet()).as("seed " + seed).isEqualTo(committed.keySet());
        arrived.forEach((session, versions) -> assertThat(versions)
                .as("%s, seed %d", session, seed)
                .containsExactlyElementsOf(committed.get(session)));
    }

    private boolean allSent() {
        return clinic.bean(OutboxStatus.class).unsent() == 0;
    }

    private void awaitAllSent() {
        await().atMost(30, SECONDS).until(this::allSent);
    }
}
