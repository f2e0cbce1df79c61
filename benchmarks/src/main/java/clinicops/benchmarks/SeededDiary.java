package clinicops.benchmarks;

import clinicops.cli.FrontDoor;
import clinicops.contracts.EventCatalog;
import clinicops.testing.DiaryChecker;
import com.mongodb.ReadConcern;
import com.mongodb.TransactionOptions;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.bson.types.Decimal128;

/**
 * A clinic with a full diary, written straight into scheduling's database: twelve chairs, ten nurses of two seats, four
 * prescribers, open ten hours on six days; every chair 85 % taken for 26 weeks.
 */
final class SeededDiary {
    private static final int CHAIRS = 12;
    private static final int NURSES = 10;
    private static final int SEATS = 2;
    private static final int PRESCRIBERS = 4;
    private static final int WEEKS = 26;
    private static final double FULL = 0.85;
    /** As long as the chair is kept for an infusion. */
    private static final Duration BLOCK = Duration.ofMinutes(135);
    /** From one start to the next on a chair: four fit between eight and six. */
    private static final Duration STEP = Duration.ofMinutes(150);

    private static final int BLOCKS_A_DAY = 4;
    private static final LocalTime OPENS = LocalTime.of(8, 0);
    private static final List<String> DAYS =
            List.of("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY");
    private static final TransactionOptions DURABLE = TransactionOptions.builder()
            .readConcern(ReadConcern.SNAPSHOT)
            .writeConcern(WriteConcern.MAJORITY.withJournal(true))
            .build();

    private final MongoClient mongo;
    private final MongoDatabase scheduling;
    private final ZoneId zone;
    private final LocalDate today;
    private final List<String> chairs = new ArrayList<>();
    private final List<String> nurses = new ArrayList<>();
    private final AtomicInteger bare = new AtomicInteger();

    SeededDiary(MongoClient mongo, FrontDoor admin) {
        this.mongo = mongo;
        this.scheduling = mongo.getDatabase("scheduling");
        this.zone = ZoneId.of(admin.get("/api/clock").path("zone").asString("America/New_York"));
        this.today = LocalDate.now(zone);
        for (int i = 1; i <= CHAIRS; i++) {
            chairs.add(admin.post("/api/chairs", Map.of("name", "Chair " + i))
                    .path("id")
                    .asString());
        }
        for (int i = 1; i <= NURSES; i++) {
            nurses.add(admin.post("/api/nurses", Map.of("username", "n" + i, "name", "Nurse " + i, "maxChairs", SEATS))
                    .path("id")
                    .asString());
        }
        for (int i = 1; i <= PRESCRIBERS; i++) {
            admin.post("/api/prescribers", Map.of("username", "p" + i, "name", "Prescriber " + i));
        }
        admin.put(
                "/api/opening-hours",
                Map.of(
                        "hours",
                        DAYS.stream()
                                .map(day -> Map.of("day", day, "opens", "08:00", "closes", "18:00"))
                                .toList()));
    }

    ZoneId zone() {
        return zone;
    }

    /** Takes 85 % of what the chairs could give in the next half year. */
    void fill() {
        var random = new SplittableRandom(6);
        Map<String, List<Document>> taken = new LinkedHashMap<>();
        int sessions = 0;
        for (LocalDate day = today; day.isBefore(today.plusWeeks(WEEKS)); day = day.plusDays(1)) {
            if (!DAYS.contains(day.getDayOfWeek().name())) {
                continue;
            }
            for (int chair = 0; chair < CHAIRS; chair++) {
                for (int block = 0; block < BLOCKS_A_DAY; block++) {
                    if (random.nextDouble() < FULL) {
                        // a nurse has two chairs side by side, the last two nurses stand in
                        take(taken, "seed-" + ++sessions, "seed-" + sessions, place(day, chair, block, 0));
                    }
                }
            }
        }
        var occupied = scheduling.getCollection("occupied");
        occupied.insertMany(
                taken.entrySet().stream()
                        .map(day -> new Document("_id", day.getKey()).append("taken", day.getValue()))
                        .toList(),
                new InsertManyOptions().ordered(false));
    }

    private record SeededPlace(Instant startsAt, String chairId, String nurseId, int seat) {}

    private SeededPlace place(LocalDate day, int chair, int block, int shift) {
        int watched = (chair / SEATS + shift) % NURSES;
        return new SeededPlace(
                day.atTime(OPENS.plus(STEP.multipliedBy(block))).atZone(zone).toInstant(),
                chairs.get(chair),
                nurses.get(watched),
                1 + chair % SEATS);
    }

    private static void take(Map<String, List<Document>> taken, String by, String patient, SeededPlace place) {
        long from = place.startsAt().getEpochSecond() / 60;
        Document stretch = new Document("from", from)
                .append("until", from + BLOCK.toMinutes())
                .append("by", by);
        resources(place, patient)
                .forEach(id -> taken.computeIfAbsent(id, _ -> new ArrayList<>()).add(stretch));
    }

    /** The blocks of a day in New York's winter may reach into the next day of UTC; none of these does. */
    private static List<String> resources(SeededPlace place, String patient) {
        String day = LocalDate.ofInstant(place.startsAt(), ZoneOffset.UTC) + "|";
        return List.of(
                day + "chair|" + place.chairId(),
                day + "nurse|" + place.nurseId() + "#" + place.seat(),
                day + "patient|" + patient);
    }

    /** Cleared, consenting, with a plan of six infusions, self-paying: as scheduling has heard of them. */
    List<String> readyPatients(String kind, int many) {
        var now = new Date();
        Document heard = new Document("subject", "bench").append("sequence", 1L).append("at", now);
        List<Document> facts = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            facts.add(new Document("_id", kind + "-" + i)
                    .append("version", 1L)
                    .append(
                            "clearance",
                            new Document("standing", "CLEARED")
                                    .append("validUntil", date(today.plusYears(30)))
                                    .append("heard", heard))
                    .append(
                            "plan",
                            new Document("planId", "plan-" + kind + "-" + i)
                                    .append("revision", 1)
                                    .append("drug", "ketamine")
                                    .append("route", "iv")
                                    .append("doseLowMgPerKg", Decimal128.parse("0.5"))
                                    .append("doseHighMgPerKg", Decimal128.parse("1.0"))
                                    .append("sessions", 6)
                                    .append("minGapDays", 1)
                                    .append("courseMinDays", 14)
                                    .append("courseMaxDays", 21)
                                    .append("heard", heard))
                    .append(
                            "consents",
                            List.of(new Document("drug", "ketamine")
                                    .append("route", "iv")
                                    .append("signed", true)
                                    .append("heard", heard)))
                    .append("coverages", List.of())
                    .append("authorizations", List.of())
                    .append(
                            "selfPay",
                            List.of(new Document("estimateId", "est-" + kind + "-" + i)
                                    .append("sessions", 6)
                                    .append("heard", heard)))
                    .append("endedPlans", List.of()));
        }
        scheduling.getCollection("patient_facts").insertMany(facts);
        return facts.stream().map(patient -> patient.getString("_id")).toList();
    }

    private static Date date(LocalDate day) {
        return Date.from(day.atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    /**
     * The booking of the n-th course: every turn has places of its own after the half year that is full. A course keeps one chair
     * and one hour of Monday, Wednesday and Friday for two weeks and a Monday.
     */
    Map<String, Object> course(String patient, int turn) {
        List<Map<String, String>> sessions = new ArrayList<>();
        coursePlaces(turn)
                .forEach(place -> sessions.add(Map.of(
                        "startsAt",
                        place.startsAt().toString(),
                        "chairId",
                        place.chairId(),
                        "nurseId",
                        place.nurseId())));
        return Map.of("patientId", patient, "sessions", sessions);
    }

    private List<SeededPlace> coursePlaces(int turn) {
        int chair = turn % CHAIRS;
        int odd = turn / CHAIRS % 2;
        int block = turn / CHAIRS / 2 % BLOCKS_A_DAY;
        int period = turn / CHAIRS / BLOCKS_A_DAY / 2;
        LocalDate monday = today.plusWeeks(WEEKS)
                .with(java.time.temporal.TemporalAdjusters.next(java.time.DayOfWeek.MONDAY))
                .plusWeeks(3L * period)
                .plusDays(odd);
        // Monday, Thursday, Monday, Thursday, Monday, Thursday; the odd ones a day later
        return List.of(0, 3, 7, 10, 14, 17).stream()
                .map(days -> place(monday.plusDays(days), chair, block, 0))
                .toList();
    }

    /** What a plan has to read at least: what is taken in the next weeks. */
    void read(SplittableRandom random) {
        LocalDate from = today.plusDays(random.nextInt(3));
        var days = scheduling
                .getCollection("occupied")
                .find(Filters.and(
                        Filters.gte("_id", from + "|"),
                        Filters.lt("_id", from.plusDays(35) + "|"),
                        Filters.regex("_id", "\\|(chair|nurse|pump)\\|")))
                .into(new ArrayList<>());
        if (days.isEmpty()) {
            throw new IllegalStateException("the diary is empty");
        }
    }

    /** As many rows as a course writes, with nothing before the database: eighteen stretches, six sessions, the rest at once. */
    void bareTransaction(SplittableRandom ignored) {
        int turn = bare.getAndIncrement();
        var database = mongo.getDatabase("bench");
        List<UpdateOneModel<Document>> stretches = new ArrayList<>();
        coursePlaces(turn).forEach(place -> resources(place, "bare-" + turn)
                .forEach(id -> stretches.add(new UpdateOneModel<>(
                        Filters.eq("_id", id),
                        Updates.push("taken", new Document("from", turn).append("by", "bare")),
                        new UpdateOptions().upsert(true)))));
        List<Document> rows = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            rows.add(new Document("_id", turn + "-" + i).append("body", "x".repeat(600)));
        }
        try (var session = mongo.startSession()) {
            session.withTransaction(
                    () -> {
                        database.getCollection("raw_occupied")
                                .bulkWrite(session, stretches, new BulkWriteOptions().ordered(true));
                        database.getCollection("raw_sessions").insertMany(session, rows);
                        database.getCollection("raw_outbox").insertMany(session, rows);
                        return database.getCollection("raw_audit")
                                .insertOne(session, new Document("body", "x".repeat(200)));
                    },
                    DURABLE);
        }
    }

    /** Replays everything that scheduling ever told, and compares it with what is taken. */
    long doubleBookings() {
        var checker = new DiaryChecker(SEATS);
        for (Document row : scheduling
                .getCollection("outbox")
                .find(Filters.regex("type", "^scheduling\\.session-"))
                .sort(new Document("at", 1))) {
            checker.told(FrontDoor.JSON.readValue(
                    row.getString("body"),
                    EventCatalog.byType(row.getString("type")).orElseThrow().recordClass()));
        }
        for (Document day : scheduling.getCollection("occupied").find()) {
            for (Document stretch : day.getList("taken", Document.class)) {
                checker.occupied(
                        day.getString("_id"),
                        stretch.getLong("from"),
                        stretch.getLong("until"),
                        stretch.getString("by"));
            }
        }
        List<String> found = checker.findings(by -> by.startsWith("seed-"));
        found.stream().limit(20).forEach(System.err::println);
        return found.size();
    }
}
