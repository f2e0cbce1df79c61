package clinicops.benchmarks;

import clinicops.cli.FrontDoor;
import com.mongodb.ReadConcern;
import com.mongodb.TransactionOptions;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Intake with 100,000 patients, through the front door: an import of 10,000 referrals, the search that a receptionist waits for, a
 * page of the work-list, and the rules that judge whom a nurse has screened. The whole clinic runs in a process of its own, on a mongod that the raw limits are measured on too.
 */
final class IntakeBench {
    private static final int PATIENTS = 100_000;
    private static final int IMPORTED = 10_000;
    /** What the heap may have grown by from first to last, before it counts as growing. */
    private static final double STEADY = 1.1;

    private static final int CLIENTS = 2;
    private static final int PAGE = 51;
    private static final int RAW_BATCH = 200;
    /** Until the compiler is done with what these requests run through: some thousands of them. */
    private static final Duration WARM_UP = Duration.ofSeconds(45);

    private static final Duration MEASURED = Duration.ofSeconds(8);
    private static final Duration RAW = Duration.ofSeconds(3);
    private static final Duration SCREENING_WARM_UP = Duration.ofSeconds(60);
    private static final Duration SCREENING = Duration.ofSeconds(60);
    private static final int SCREENED = 20_000;
    /** The service's own timer of judging one patient. */
    private static final String JUDGING = "clinicops_intake_rules_seconds";

    /**
     * The other services hear nothing: what they do with the events of 100,000 patients at once would take the machine for a
     * quarter of an hour, and is not what is measured here.
     */
    private static final String SILENT = "--silent";

    private static final LocalDate OLDEST = LocalDate.of(1945, 1, 1);
    private static final int BIRTH_DAYS = 22_000;
    private static final String HEADER =
            "system,id,given_name,family_name,birth_date,sex,email,phone,zone,language,email_ok,sms_ok,indication,urgency,referred_on,payer_code,plan,member_id\n";
    private static final List<String> SYLLABLES = List.of(
            "ba", "cor", "den", "el", "fin", "gar", "hol", "is", "jor", "kal", "lin", "mar", "nor", "os", "pel", "quin",
            "ros", "sta", "tor", "ul", "ver", "wil", "yor", "zan");
    private static final List<String> WORK = List.of(
            "/api/worklist",
            "/api/worklist?stage=screening",
            "/api/worklist?missing=phq-9",
            "/api/worklist?urgency=urgent",
            "/api/worklist?stage=screening&missing=paperwork&urgency=routine");

    private final MongoDatabase intake;
    private final MongoClient mongo;
    private final BenchedClinic clinic;
    private final FrontDoor desk;
    /** What the plain conditions came to; kept, so that their work is not left out. */
    private int held;

    private IntakeBench(MongoClient mongo, BenchedClinic clinic) {
        this.mongo = mongo;
        this.intake = mongo.getDatabase("intake");
        this.clinic = clinic;
        this.desk = clinic.desk("front-desk", "nurse");
    }

    static List<Figure> run() throws Exception {
        return BenchedClinic.measured((clinic, mongo) -> new IntakeBench(mongo, clinic).measure(), SILENT);
    }

    private List<Figure> measure() throws Exception {
        List<Figure> figures = new ArrayList<>();

        say("importing %d referrals".formatted(IMPORTED));
        double rawPerSecond = rawInserts();
        imported(0, IMPORTED / 2);
        long begun = System.nanoTime();
        imported(IMPORTED / 2, IMPORTED);
        double perSecond = IMPORTED / ((System.nanoTime() - begun) / 1e9);
        say("  %.0f referrals/s; plain transactions: %.0f documents/s".formatted(perSecond, rawPerSecond));
        figures.add(Figure.higher("import-per-s", perSecond, "referrals/s", 500, rawPerSecond));

        double heapBefore = clinic.liveHeapMb();
        say("importing the rest of %d".formatted(PATIENTS));
        for (int from = IMPORTED + IMPORTED / 2; from < PATIENTS; from += IMPORTED) {
            imported(from, Math.min(IMPORTED, PATIENTS - from));
        }
        double heapAfter = clinic.liveHeapMb();
        say("  live heap: %.0f MB after the first referrals, %.0f MB after the last".formatted(heapBefore, heapAfter));
        figures.add(Figure.lower("import-heap-mb", heapAfter, "MB", heapBefore * STEADY, heapBefore));
        settle();

        say("searching patients");
        Load.of(CLIENTS, WARM_UP, () -> this::search);
        Load searched = Load.of(CLIENTS, MEASURED, () -> this::search);
        Load found = Load.of(
                CLIENTS,
                RAW,
                () -> random -> page(
                        "patients",
                        Filters.eq(
                                "search.birthDate",
                                bornOf(random.nextInt(PATIENTS)).toString()),
                        "_id"));
        say("  %s; plain queries: %s".formatted(searched, found));
        figures.add(Figure.lower("search-p99-ms", searched.p99Millis(), "ms", 30, found.p99Millis()));

        say("turning the work-list's pages");
        Load.of(CLIENTS, WARM_UP, () -> this::work);
        Load worked = Load.of(CLIENTS, MEASURED, () -> this::work);
        Load listed = Load.of(CLIENTS, RAW, () -> _ -> page("worklist", Filters.eq("open", true), "place"));
        say("  %s; plain queries: %s".formatted(worked, listed));
        figures.add(Figure.lower("worklist-p99-ms", worked.p99Millis(), "ms", 50, listed.p99Millis()));

        say("screening patients, which judges them by the rules");
        figures.addAll(judged());
        return figures;
    }

    /**
     * Judging one patient, as the service itself times it while a nurse records screenings through the front door; beside it what
     * plain Java conditions over as many made-up patients take.
     */
    private List<Figure> judged() throws Exception {
        List<String> ids = intake.getCollection("patients")
                .find()
                .projection(Projections.include("_id"))
                .limit(SCREENED)
                .map(patient -> patient.getString("_id"))
                .into(new ArrayList<>());
        var next = new AtomicInteger();
        Load.Clients nurse = () -> random -> desk.put(
                "/api/patients/" + ids.get(next.getAndIncrement()) + "/screening",
                MadeUpScreening.any(random).body());
        Load.of(CLIENTS, SCREENING_WARM_UP, nurse);
        Timed before = Timed.read(clinic.intakeMetrics(), JUDGING);
        Load screened = Load.of(1, SCREENING, nurse);
        Timed judged = Timed.read(clinic.intakeMetrics(), JUDGING).since(before);
        var random = new SplittableRandom(7);
        var patients =
                Stream.generate(() -> MadeUpScreening.any(random)).limit(4_096).toList();
        Load.Clients java = () -> new Load.Client() {
            private int turn;

            @Override
            public void once(SplittableRandom ignored) {
                held += patients.get(turn++ % patients.size()).plainFindings();
            }
        };
        Load.of(1, RAW, java);
        Load plain = Load.of(1, RAW, java);
        double p50 = judged.quantileMillis(0.5);
        double p99 = judged.quantileMillis(0.99);
        say("  screenings: %s".formatted(screened));
        say("  rules, %d patients: median %.3f ms, p99 %.3f ms; plain conditions: median %.4f ms, p99 %.4f ms"
                .formatted(judged.count(), p50, p99, plain.medianMillis(), plain.p99Millis()));
        return List.of(
                Figure.lower("rules-p99-ms", p99, "ms", 1, plain.p99Millis()),
                Figure.told("rules-p50-ms", p50, "ms", "lower", plain.medianMillis()));
    }

    private void imported(int from, int many) {
        var csv = new StringBuilder(200 * many).append(HEADER);
        for (int i = from; i < from + many; i++) {
            csv.append(row(i));
        }
        int loaded = desk.postCsv("/api/referrals/import", csv.toString())
                .path("loaded")
                .asInt();
        if (loaded != many) {
            throw new IllegalStateException(loaded + " of " + many + " referrals were taken");
        }
    }

    private static String row(int number) {
        return "bench,I-%1$d,%2$s,%3$s,%4$s,female,i%1$d@example.com,%5$s,America/New_York,en,no,no,depression,%6$s,2026-03-02,,,%n"
                .formatted(
                        number,
                        name(number * 31L + 7),
                        name(number * 17L + 3),
                        bornOf(number),
                        phoneOf(number),
                        number % 10 == 0 ? "urgent" : "routine");
    }

    private static String name(long seed) {
        var random = new SplittableRandom(seed);
        String name = SYLLABLES.get(random.nextInt(SYLLABLES.size()))
                + SYLLABLES.get(random.nextInt(SYLLABLES.size()))
                + SYLLABLES.get(random.nextInt(SYLLABLES.size()));
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private static LocalDate bornOf(int number) {
        return OLDEST.plusDays(new SplittableRandom(number).nextInt(BIRTH_DAYS));
    }

    private static String phoneOf(int number) {
        return "+1212%07d".formatted(2_000_000 + number);
    }

    /** A receptionist types some letters of a name, a birth date, or the number that the display shows. */
    private void search(SplittableRandom random) {
        int number = random.nextInt(PATIENTS);
        String q =
                switch (random.nextInt(4)) {
                    case 0 -> name(number * 17L + 3).substring(0, 4);
                    case 1 ->
                        name(number * 17L + 3) + " " + name(number * 31L + 7).substring(0, 2);
                    case 2 -> bornOf(number).toString();
                    default -> phoneOf(number).substring(5);
                };
        desk.get("/api/patients?q=" + URLEncoder.encode(q, StandardCharsets.UTF_8));
    }

    private void work(SplittableRandom random) {
        desk.get(WORK.get(random.nextInt(WORK.size())));
    }

    private void page(String collection, Bson filter, String order) {
        intake.getCollection(collection)
                .find(filter)
                .sort(Sorts.ascending(order))
                .limit(PAGE)
                .into(new ArrayList<>());
    }

    /** Documents a second that transactions of as many as the import's take, with nothing but the documents. */
    private double rawInserts() {
        var database = mongo.getDatabase("bench");
        database.createCollection("raw_patients");
        var collection = database.getCollection("raw_patients");
        var durable = TransactionOptions.builder()
                .readConcern(ReadConcern.MAJORITY)
                .writeConcern(WriteConcern.MAJORITY.withJournal(true))
                .build();
        int done = 0;
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < RAW.toNanos()) {
            var batch = new ArrayList<Document>();
            for (int i = 0; i < RAW_BATCH; i++) {
                batch.add(new Document("_id", ++done).append("text", row(done)));
            }
            try (var session = mongo.startSession()) {
                session.withTransaction(() -> collection.insertMany(session, batch), durable);
            }
        }
        return done / ((System.nanoTime() - begun) / 1e9);
    }

    /** Until whoever is new was compared with the others. */
    private void settle() throws InterruptedException {
        say("comparing them with each other");
        long deadline = System.nanoTime() + Duration.ofMinutes(10).toNanos();
        while (intake.getCollection("identities")
                        .find(Filters.exists("pending"))
                        .first()
                != null) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the new patients were never compared with the others");
            }
            Thread.sleep(500);
        }
    }

    private static void say(String text) {
        System.err.println(text);
    }
}
