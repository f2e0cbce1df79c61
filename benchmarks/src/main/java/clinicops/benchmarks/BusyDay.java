package clinicops.benchmarks;

import clinicops.cli.FrontDoor;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.changestream.FullDocument;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * A day with much to do: forty patients being treated on the board, five hundred expected the day after, and forty chairs whose
 * monitors send two hundred readings a second, every fifth beyond a limit.
 */
final class BusyDay {
    private static final int ACTIVE = 40;
    private static final int EXPECTED = 500;
    private static final int SESSIONS = 6;
    private static final int SENDERS = 16;
    private static final int READINGS_A_SECOND = 200;
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    /** Monitors send all day: what is measured is a clinic whose compiler has seen three hundred readings of each chair. */
    private static final Duration VITALS_WARM_UP = Duration.ofSeconds(60);

    private static final Duration MEASURED = Duration.ofSeconds(10);
    private static final Duration RAW = Duration.ofSeconds(3);

    private final MongoClient mongo;
    private final MongoDatabase scheduling;
    private final SeededDiary diary;
    private final FrontDoor desk;
    private final ZoneId zone;
    private final LocalDate today;
    private final List<String> active = new ArrayList<>();
    private List<String> expected = List.of();

    BusyDay(MongoClient mongo, SeededDiary diary, FrontDoor desk, ZoneId zone) {
        this.mongo = mongo;
        this.scheduling = mongo.getDatabase("scheduling");
        this.diary = diary;
        this.desk = desk;
        this.zone = zone;
        this.today = LocalDate.now(zone);
    }

    List<Figure> measure() throws Exception {
        seed();
        return List.of(readiness(), board(), alarms());
    }

    private void seed() {
        Instant now = Instant.now();
        List<Document> sessions = new ArrayList<>();
        List<String> patients = diary.readyPatients("active", ACTIVE);
        for (int i = 0; i < ACTIVE; i++) {
            // whoever runs this shortly before midnight still sees all of them on one day
            Instant startsAt = today.atTime(12, 0).atZone(zone).toInstant();
            Document session = session("active-s" + i, patients.get(i), 1, startsAt);
            session.append("state", "DOSING")
                    .append("checkedInAt", Date.from(now.minusSeconds(1_800)))
                    .append("doseStartedAt", Date.from(now.minusSeconds(600)))
                    .append("paidBy", new Document("kind", "self-pay").append("id", "est-active-" + i));
            sessions.add(session);
            active.add(session.getString("_id"));
        }
        expected = diary.readyPatients("expected", EXPECTED);
        for (int i = 0; i < EXPECTED; i++) {
            for (int number = 1; number <= SESSIONS; number++) {
                Instant startsAt = today.plusDays(1 + 3L * (number - 1))
                        .atTime(8 + i % 9, 0)
                        .atZone(zone)
                        .toInstant();
                sessions.add(session("expected-s" + i + "-" + number, expected.get(i), number, startsAt)
                        .append("state", "BOOKED"));
            }
        }
        scheduling.getCollection("sessions").insertMany(sessions);
    }

    private static Document session(String id, String patient, int number, Instant startsAt) {
        return new Document("_id", id)
                .append("version", 3L)
                .append("courseId", "course-" + patient)
                .append("patientId", patient)
                .append("number", number)
                .append("drug", "ketamine")
                .append("route", "iv")
                .append(
                        "terms",
                        new Document("planId", "plan-" + patient)
                                .append("planRevision", 1)
                                .append("sessions", SESSIONS)
                                .append("minGapDays", 1)
                                .append("courseMinDays", 14)
                                .append("courseMaxDays", 21))
                .append(
                        "place",
                        new Document("startsAt", Date.from(startsAt))
                                .append("endsAt", Date.from(startsAt.plus(Duration.ofMinutes(135))))
                                .append("chairId", "bench-chair")
                                .append("nurseId", "bench-nurse")
                                .append("seat", 1))
                .append("listKey", startsAt + "|" + id)
                .append(
                        "escort",
                        new Document("name", "E")
                                .append("phone", "+1 212 555 0100")
                                .append("relation", "sister")
                                .append("namedAt", Date.from(startsAt)));
    }

    /** One answer with the verdicts on all; beside it the plain read of their facts and sessions. */
    private Figure readiness() throws Exception {
        say("judging a day");
        String path = "/api/readiness?day=" + today.plusDays(1);
        Load.Clients judge =
                () -> _ -> require(EXPECTED, desk.get(path).path("items").size());
        Load.of(1, WARM_UP, judge);
        Load judged = Load.of(1, MEASURED, judge);
        Load read = Load.of(1, RAW, () -> _ -> {
            require(
                    EXPECTED,
                    scheduling
                            .getCollection("patient_facts")
                            .find(Filters.in("_id", expected))
                            .into(new ArrayList<>())
                            .size());
            require(
                    EXPECTED * SESSIONS,
                    scheduling
                            .getCollection("sessions")
                            .find(Filters.in("patientId", expected))
                            .projection(Projections.include(
                                    "patientId", "drug", "route", "place.startsAt", "state", "escort"))
                            .into(new ArrayList<>())
                            .size());
        });
        say("  %s; plain reads: %s".formatted(judged, read));
        return Figure.lower("readiness-500-ms", judged.p99Millis(), "ms", 200, read.p99Millis());
    }

    /** The board with forty patients being treated; beside it the plain read of their sessions. */
    private Figure board() throws Exception {
        say("looking at the board");
        Load.Clients look = () -> _ -> require(
                ACTIVE, desk.get("/api/board?day=" + today).path("cards").size());
        Load.of(1, WARM_UP, look);
        Load looked = Load.of(1, MEASURED, look);
        Load read = Load.of(
                1,
                RAW,
                () -> _ -> require(
                        ACTIVE,
                        scheduling
                                .getCollection("sessions")
                                .find(Filters.in("_id", active))
                                .sort(Sorts.ascending("listKey"))
                                .into(new ArrayList<>())
                                .size()));
        say("  %s; plain reads: %s".formatted(looked, read));
        return Figure.lower("board-p99-ms", looked.p99Millis(), "ms", 30, read.p99Millis());
    }

    /**
     * From the moment at which a reading beyond a limit should be sent until its alarm is committed, as the change stream of the
     * alarms shows it. A sender has chairs of its own, as every monitor has its chair; beside it bare transactions of as many writes.
     */
    private Figure alarms() throws Exception {
        say("sending vitals");
        Map<String, Long> sent = new ConcurrentHashMap<>();
        List<Long> nanos = new ArrayList<>();
        var ready = new CountDownLatch(1);
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> watching = pool.submit(() -> watch(sent, nanos, ready));
            if (!ready.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the alarms' change stream does not open");
            }
            send(VITALS_WARM_UP, null);
            send(MEASURED, sent);
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (!sent.isEmpty() && System.nanoTime() < deadline) {
                Thread.sleep(50);
            }
            watching.cancel(true);
        }
        if (!sent.isEmpty()) {
            throw new IllegalStateException(sent.size() + " readings beyond a limit raised no alarm");
        }
        long[] sorted;
        synchronized (nanos) {
            sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        }
        double p99 = sorted[(int) (sorted.length * 0.99)] / 1e6;
        Load bare = Load.of(SENDERS, RAW, () -> _ -> bareTransaction());
        say("  %d alarms, median %.1f ms, p99 %.1f ms, worst %.1f ms; bare transactions: %s"
                .formatted(sorted.length, sorted[sorted.length / 2] / 1e6, p99, sorted[sorted.length - 1] / 1e6, bare));
        return Figure.lower("vitals-alarm-p99-ms", p99, "ms", 250, bare.p99Millis());
    }

    private void watch(Map<String, Long> sent, List<Long> nanos, CountDownLatch ready) {
        try (var changes = scheduling
                .getCollection("alarms")
                .watch(List.of(Aggregates.match(Filters.in("operationType", "insert", "replace", "update"))))
                .fullDocument(FullDocument.UPDATE_LOOKUP)
                .maxAwaitTime(100, TimeUnit.MILLISECONDS)
                .cursor()) {
            ready.countDown();
            while (!Thread.currentThread().isInterrupted()) {
                var change = changes.tryNext();
                Document alarm = change == null ? null : change.getFullDocument();
                Document measured = alarm == null ? null : alarm.get("measured", Document.class);
                if (alarm != null && measured != null) {
                    Long at = sent.remove(alarm.getString("sessionId")
                            + measured.getDate("takenAt").getTime());
                    if (at != null) {
                        synchronized (nanos) {
                            nanos.add(System.nanoTime() - at);
                        }
                    }
                }
            }
        }
    }

    /** @param sent where each reading beyond a limit leaves when it should go; null while nothing is measured */
    private void send(Duration time, @Nullable Map<String, Long> sent) throws Exception {
        long every = Duration.ofSeconds(1).toNanos() * SENDERS / READINGS_A_SECOND;
        long begun = System.nanoTime();
        try (var pool = Executors.newFixedThreadPool(SENDERS)) {
            List<Future<?>> senders = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                int sender = i;
                senders.add(pool.submit(() -> {
                    for (int turn = 0; turn * every < time.toNanos(); turn++) {
                        long due = begun + turn * every + sender * (every / SENDERS);
                        long early = due - System.nanoTime();
                        if (early > 0) {
                            Thread.sleep(Duration.ofNanos(early));
                        }
                        String session =
                                active.get(sender + SENDERS * (turn % ((ACTIVE - sender + SENDERS - 1) / SENDERS)));
                        reading(session, (turn + sender) % 5 == 0, due, sent);
                    }
                    return null;
                }));
            }
            for (Future<?> sender : senders) {
                sender.get();
            }
        }
    }

    private void reading(String session, boolean beyond, long due, @Nullable Map<String, Long> sent) {
        Instant takenAt = Instant.ofEpochMilli(System.currentTimeMillis());
        Map<String, Object> values = new HashMap<>();
        values.put("takenAt", takenAt.toString());
        values.put("systolic", beyond ? 195 : 128);
        values.put("diastolic", 80);
        values.put("spo2", 98);
        values.put("heartRate", 76);
        values.put("respiratoryRate", 14);
        values.put("moaas", 5);
        if (beyond && sent != null) {
            sent.put(session + takenAt.toEpochMilli(), due);
        }
        desk.post("/api/sessions/" + session + "/vitals", values);
    }

    private void bareTransaction() {
        try (var session = mongo.startSession()) {
            var database = mongo.getDatabase("bench");
            session.withTransaction(() -> {
                for (String kind : Arrays.asList("raw_vitals", "raw_alarms", "raw_trail")) {
                    database.getCollection(kind).insertOne(session, new Document("body", "x".repeat(300)));
                }
                return 0;
            });
        }
    }

    private static void require(int wanted, int found) {
        if (wanted != found) {
            throw new IllegalStateException("expected " + wanted + ", found " + found);
        }
    }

    private static void say(String text) {
        System.err.println(text);
    }
}
