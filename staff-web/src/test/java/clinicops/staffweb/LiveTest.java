package clinicops.staffweb;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.Role;
import clinicops.chassis.ServiceRunner;
import clinicops.contracts.Event;
import clinicops.contracts.PulseEvent;
import clinicops.outbox.Ids;
import clinicops.outbox.Received;
import clinicops.staffweb.journey.JourneyEvents;
import clinicops.staffweb.journey.JourneyFollower;
import clinicops.testing.EventSender;
import com.mongodb.ReadConcern;
import com.mongodb.client.MongoClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoOperations;

/** People who look on, by real connections, over the real broker and database. */
class LiveTest extends FrontDoor {
    private static final EventSender SENDER = EventSender.create();

    @AfterAll
    static void close() {
        SENDER.close();
    }

    @Test
    void whoLooksOnIsGreetedAndHearsThatTheStreamLives() {
        try (var reader = LiveReader.of(url(), as(Role.NURSE))) {
            assertThat(reader.response().statusCode()).isEqualTo(200);
            assertThat(reader.response().headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
            assertThat(reader.response().headers().firstValue("Cache-Control")).hasValue("no-store");
            var hello = reader.await("hello");
            assertThat(hello.data().path("demo").isBoolean()).isTrue();
            assertThat(Instant.parse(hello.data().path("now").asString())).isNotNull();
            assertThat(reader.told().getFirst()).isEqualTo(hello);
            var beat = reader.await(one ->
                    one.event().equals("heartbeat") && !one.data().path("asOf").isNull());
            Instant now = Instant.parse(beat.data().path("now").asString());
            assertThat(Instant.parse(beat.data().path("asOf").asString())).isBetween(now.minusSeconds(60), now);
            assertThat(beat.id()).isNotNull();
        }
    }

    @Test
    void whatIsToldIsThereForWhoeverLooks() {
        var nurse = as(Role.NURSE);
        try (var reader = LiveReader.of(url(), nurse)) {
            reader.await("hello");
            for (int i = 0; i < 20; i++) {
                String patient = Ids.next();
                send(new JourneyEvents(patient).referred().all().getFirst());
                var news = reader.await(one -> one.about(patient));
                var shown = nurse.get("/api/journeys/" + patient).expect(200).body();
                assertThat(shown.path("entries")
                                .valueStream()
                                .map(entry -> entry.path("service").asString() + "."
                                        + entry.path("type").asString() + ".v1"))
                        .containsAll(news.types());
                assertThat(news.id()).matches("[0-9a-f]{16}");
                Instant.parse(news.data().path("at").asString());
            }
        }
    }

    @Test
    void aPulseMovesTheScreensOfThoseWhoTreatAndEntersNoJourney() {
        String patient = Ids.next();
        var nurse = as(Role.NURSE);
        try (var reader = LiveReader.of(url(), nurse);
                var biller = LiveReader.of(url(), as(Role.BILLER))) {
            reader.await("hello");
            biller.await("hello");
            send(new JourneyEvents(patient).referred().all().getFirst());
            biller.await(one -> one.about(patient));
            reader.await(one -> one.about(patient));
            SENDER.draft("session", new PulseEvent.SessionProgressed("session", patient, Instant.now()))
                    .send();
            var pulse = reader.await(
                    one -> one.about(patient) && one.types().equals(List.of("scheduling.session-progressed.v1")));
            assertThat(pulse.id()).matches("[0-9a-f]{16}");
            assertThat(nurse.get("/api/journeys/" + patient)
                            .expect(200)
                            .body()
                            .path("entries")
                            .size())
                    .isEqualTo(1);
            assertThat(biller.about(patient)).hasSize(1);
        }
    }

    @Test
    void aTherapistHearsNothingOfTheMoneyABillerNothingOfTheScreeningAndAnAuditorNothingOfPatients() {
        String patient = Ids.next();
        try (var therapist = LiveReader.of(url(), as(Role.THERAPIST));
                var nurse = LiveReader.of(url(), as(Role.NURSE));
                var biller = LiveReader.of(url(), as(Role.BILLER));
                var auditor = LiveReader.of(url(), as(Role.AUDITOR))) {
            therapist.await("hello");
            nurse.await("hello");
            biller.await("hello");
            auditor.await("hello");
            wholeJourney(patient).forEach(LiveTest::send);
            int events = wholeJourney(patient).size();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> nurse.about(patient).stream()
                                    .mapToInt(one -> one.types().size())
                                    .sum()
                            >= events);
            assertThat(types(nurse, patient)).anyMatch(type -> type.startsWith("billing."));
            therapist.awaitHeartbeats(2);
            auditor.awaitHeartbeats(2);
            assertThat(types(therapist, patient))
                    .isNotEmpty()
                    .noneMatch(type -> type.startsWith("billing."))
                    .hasSize((int) types(nurse, patient).stream()
                            .filter(type -> !type.startsWith("billing."))
                            .count());
            assertThat(therapist.about(patient)).noneMatch(one -> one.types().isEmpty());
            biller.awaitHeartbeats(2);
            assertThat(types(nurse, patient)).contains("intake.screening-completed.v1");
            assertThat(types(biller, patient))
                    .anyMatch(type -> type.startsWith("billing."))
                    .doesNotContain("intake.screening-completed.v1");
            assertThat(auditor.told()).noneMatch(one -> one.event().equals("journey"));
        }
    }

    @Test
    void whoeverComesBackHearsWhatWasMissedAlsoFromAnotherCopy() {
        var nurse = as(Role.NURSE);
        String before = Ids.next();
        String meanwhile = Ids.next();
        String last;
        try (var reader = LiveReader.of(url(), nurse)) {
            reader.await("hello");
            send(new JourneyEvents(before).referred().all().getFirst());
            last = String.valueOf(reader.await(one -> one.about(before)).id());
        }
        send(new JourneyEvents(meanwhile).referred().all().getFirst());
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> nurse.get("/api/journeys/" + meanwhile).status() == 200);
        try (var again = LiveReader.of(url(), nurse, last)) {
            again.await(one -> one.about(meanwhile));
            again.awaitHeartbeats(1);
            assertThat(again.told()).noneMatch(one -> one.event().equals("reset"));
        }
        // started after all this happened: it looks back
        try (var copy = ServiceRunner.run(StaffWeb.class, "staff-web", new String[0], copyProperties())) {
            String copyUrl = "http://127.0.0.1:" + copy.getEnvironment().getRequiredProperty("local.server.port");
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                try (var again = LiveReader.of(copyUrl, nurse, last)) {
                    again.awaitHeartbeats(1);
                    assertThat(again.about(meanwhile)).isNotEmpty();
                    assertThat(again.told()).noneMatch(one -> one.event().equals("reset"));
                }
            });
            try (var here = LiveReader.of(url(), nurse);
                    var there = LiveReader.of(copyUrl, nurse)) {
                here.await("hello");
                there.await("hello");
                for (int i = 0; i < 6; i++) {
                    String patient = Ids.next();
                    send(new JourneyEvents(patient).referred().all().getFirst());
                    here.await(one -> one.about(patient));
                    there.await(one -> one.about(patient));
                }
            }
        }
    }

    @Test
    void whoWasAwayTooLongIsToldToLookAtEverythingAgain() {
        var nurse = as(Role.NURSE);
        for (String unknown : new String[] {"1", "7fffffffffffffff", "no position", "ffffffffffffffff"}) {
            try (var reader = LiveReader.of(url(), nurse, unknown)) {
                reader.await("reset");
                assertThat(reader.told().getFirst().event()).isEqualTo("hello");
            }
        }
    }

    @Test
    void aRebuildIsOverOnceAndItsInsideIsNotTold() {
        String patient = Ids.next();
        var biller = as(Role.BILLER);
        wholeJourney(patient).forEach(LiveTest::send);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> biller.get("/api/journeys/" + patient)
                                .body()
                                .path("events")
                                .asInt()
                        >= wholeJourney(patient).size());
        try (var reader = LiveReader.of(url(), biller)) {
            reader.await("hello");
            reader.awaitHeartbeats(1);
            admin().post("/api/journeys/rebuild", null).expect(200);
            reader.await("reset");
            reader.awaitHeartbeats(2);
            assertThat(reader.about(patient)).isEmpty();
            assertThat(reader.told().stream().filter(one -> one.event().equals("reset")))
                    .hasSize(1);
            // and the new build is followed
            String next = Ids.next();
            send(new JourneyEvents(next).referred().all().getFirst());
            reader.await(one -> one.about(next));
        }
    }

    @Test
    void aStreamEndsWithItsSession() {
        var nurse = as(Role.NURSE);
        try (var leaving = LiveReader.of(url(), nurse)) {
            leaving.await("hello");
            nurse.post("/logout", null).expect(204);
            leaving.awaitEnd();
            nurse.get("/api/me").expect(401, "sign-in-needed");
        }

        String username = account(Role.NURSE);
        var browser = nobody();
        browser.signIn(username, PASSWORD).expect(204);
        try (var changed = LiveReader.of(url(), browser);
                var other = LiveReader.of(url(), as(Role.NURSE))) {
            changed.await("hello");
            admin().put("/api/staff/" + username, Map.of("roles", List.of("therapist"), "active", true), 0)
                    .expect(200);
            changed.awaitEnd();
            try (var anew = LiveReader.of(url(), browser)) {
                anew.awaitHeartbeats(2);
                admin().put("/api/staff/" + username, Map.of("roles", List.of("therapist"), "active", false), 1)
                        .expect(200);
                anew.awaitEnd();
            }
            assertThat(other.ended()).isFalse();
        }
        nobody().get("/api/live").expect(401, "sign-in-needed");
    }

    @Test
    void oneSessionHasTwelveStreamsAtMostAndAllOfThemShareOneChangeStream() {
        var nurse = as(Role.NURSE);
        long before = changeStreams();
        assertThat(before).isPositive();
        var readers = new ArrayList<LiveReader>();
        try {
            for (int i = 0; i < 12; i++) {
                var reader = LiveReader.of(url(), nurse);
                readers.add(reader);
                reader.await("hello");
            }
            try (var tooMany = LiveReader.of(url(), nurse)) {
                assertThat(tooMany.response().statusCode()).isEqualTo(429);
                assertThat(tooMany.response().headers().firstValue("Retry-After"))
                        .isPresent();
            }
            try (var other = LiveReader.of(url(), as(Role.NURSE))) {
                other.await("hello");
            }
            assertThat(changeStreams()).isEqualTo(before);
            readers.removeFirst().close();
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
                try (var again = LiveReader.of(url(), nurse)) {
                    return again.response().statusCode() == 200;
                }
            });
        } finally {
            readers.forEach(LiveReader::close);
        }
    }

    @Test
    void whoDoesNotReadIsDroppedAndHoldsNobodyUp() throws Exception {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> streams() == 0);
        var nurse = as(Role.NURSE);
        var follower = context.getBean(JourneyFollower.class);
        try (var reader = LiveReader.of(url(), as(Role.NURSE));
                var stalled = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
            stalled.setReceiveBufferSize(4_096);
            OutputStream out = stalled.getOutputStream();
            out.write(("GET /api/live HTTP/1.1\r\nHost: localhost\r\nCookie: clinicops="
                            + nurse.cookie("clinicops").orElseThrow() + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            reader.await("hello");
            Awaitility.await().until(() -> streams() == 2);
            long position = Long.parseUnsignedLong(
                    String.valueOf(reader.await("heartbeat").id()), 16);
            // far more than the buffers between hold, at a pace that a browser keeps up with
            List<String> types = List.of("scheduling.session-started.v1".repeat(100));
            for (int round = 0; round < 40; round++) {
                String patient = "round-" + round;
                for (int i = 0; i < 200; i++) {
                    follower.entered(position, patient, Instant.EPOCH, types);
                }
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> reader.about(patient).size() == 200);
            }
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> streams() <= 1);
            assertThat(reader.ended()).isFalse();
        }
    }

    private double streams() {
        return context.getBean(MeterRegistry.class)
                .get("clinicops.live.streams")
                .gauge()
                .value();
    }

    private long changeStreams() {
        String database = context.getBean(MongoOperations.class)
                .getCollection("journeys")
                .getNamespace()
                .getDatabaseName();
        var operations = context.getBean(MongoClient.class)
                .getDatabase("admin")
                .withReadConcern(ReadConcern.LOCAL)
                .aggregate(List.of(
                        new Document("$currentOp", new Document("idleCursors", true).append("allUsers", true))));
        return StreamSupport.stream(operations.spliterator(), false)
                .map(Document::toJson)
                .filter(operation -> operation.contains("$changeStream")
                        && operation.contains("journey_entries")
                        && operation.contains("\"" + database + "."))
                .count();
    }

    private Map<String, Object> copyProperties() {
        var properties = new HashMap<String, Object>(properties());
        for (String same : new String[] {
            "spring.mongodb.uri",
            "spring.cloud.stream.kafka.binder.brokers",
            "clinicops.issuer",
            "clinicops.live.heartbeat"
        }) {
            properties.put(same, context.getEnvironment().getRequiredProperty(same));
        }
        properties.put("server.port", "0");
        return properties;
    }

    private static List<String> types(LiveReader reader, String patient) {
        return reader.about(patient).stream()
                .flatMap(one -> one.types().stream())
                .toList();
    }

    private static List<Received<? extends Event>> wholeJourney(String patient) {
        return new JourneyEvents(patient)
                .referred()
                .screened("none", "cleared")
                .cleared()
                .insured()
                .booked("course-" + patient, 2)
                .treated("course-" + patient, 1)
                .all();
    }

    private static void send(Received<? extends Event> received) {
        SENDER.draft(received.subject(), received.event())
                .id(received.id())
                .sequence(received.sequence())
                .time(received.time())
                .correlation(received.correlationId())
                .without("ce_causationid")
                .send();
    }
}
