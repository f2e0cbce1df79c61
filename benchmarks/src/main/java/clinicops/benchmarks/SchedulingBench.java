package clinicops.benchmarks;

import clinicops.cli.FrontDoor;
import com.mongodb.client.MongoClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Scheduling in a clinic of twelve chairs that is 85 % full for half a year, through the front door: plans of whole courses, and
 * sixteen desks that book them. The whole clinic runs in a process of its own, on a mongod that the raw limits are measured on too.
 */
final class SchedulingBench {
    /** The other services hear nothing: what they do with the events is not what is measured here. */
    private static final String SILENT = "--silent";

    private static final int DESKS = 16;
    private static final int PLANNED = 400;
    private static final int BOOKED = 12_000;
    /** So long the compiler has still much to do. */
    private static final Duration WARM_UP = Duration.ofSeconds(60);

    private static final Duration MEASURED = Duration.ofSeconds(20);
    private static final Duration RAW = Duration.ofSeconds(3);

    private final MongoClient mongo;
    private final SeededDiary diary;
    private final FrontDoor desk;

    private SchedulingBench(MongoClient mongo, BenchedClinic clinic) {
        this.mongo = mongo;
        this.desk = clinic.desk("front-desk", "nurse", "prescriber");
        this.diary = new SeededDiary(mongo, clinic.admin());
    }

    static List<Figure> run() throws Exception {
        return BenchedClinic.measured((clinic, mongo) -> new SchedulingBench(mongo, clinic).measure(), SILENT);
    }

    private List<Figure> measure() throws Exception {
        diary.fill();
        List<Figure> figures = new ArrayList<>();
        figures.addAll(new BusyDay(mongo, diary, desk, diary.zone()).measure());
        figures.add(planned());
        figures.addAll(booked());
        return figures;
    }

    /** Suggestions of six sessions for patients who want nothing in particular; beside it the plain read of as many days. */
    private Figure planned() throws Exception {
        say("planning courses");
        List<String> patients = diary.readyPatients("planned", PLANNED);
        var next = new AtomicInteger();
        Load.Clients plan = () -> _ -> desk.post(
                "/api/courses/suggestions",
                Map.of("patientId", patients.get(next.getAndIncrement() % patients.size())));
        Load.of(1, WARM_UP, plan);
        Load planned = Load.of(1, MEASURED, plan);
        Load read = Load.of(1, RAW, () -> random -> diary.read(random));
        say("  %s; plain reads of the same days: %s".formatted(planned, read));
        return Figure.lower("course-plan-p99-ms", planned.p99Millis(), "ms", 25, read.p99Millis());
    }

    /**
     * Sixteen desks book whole courses in different weeks of the years after, each patient once; beside it bare transactions that
     * take as much. Then everything that was ever told is replayed against what is taken.
     */
    private List<Figure> booked() throws Exception {
        say("booking courses");
        List<String> patients = diary.readyPatients("booked", BOOKED);
        var next = new AtomicInteger();
        Load.Clients book = () -> random -> {
            int turn = next.getAndIncrement();
            var answer = desk.tryPost("/api/courses", diary.course(patients.get(turn % patients.size()), turn), null);
            if (!answer.ok()) {
                throw new IllegalStateException("booking " + turn + " answered " + answer.status() + answer.body());
            }
        };
        Load.of(DESKS, WARM_UP, book);
        Load booked = Load.of(DESKS, MEASURED, book);
        // the same places once more, by other patients: none may be given
        List<String> late = diary.readyPatients("late", 200);
        var again = new AtomicInteger();
        var refused = new AtomicInteger();
        Load.of(DESKS, RAW, () -> _ -> {
            int turn = again.getAndIncrement();
            var answer =
                    desk.tryPost("/api/courses", diary.course(late.get(turn % late.size()), turn % next.get()), null);
            if (answer.status() != 409) {
                throw new IllegalStateException("a taken place answered " + answer.status() + answer.body());
            }
            refused.incrementAndGet();
        });
        Load bare = Load.of(DESKS, RAW, () -> random -> diary.bareTransaction(random));
        long twice = diary.doubleBookings();
        say("  %s; bare transactions: %s; %d late ones refused; %d double bookings"
                .formatted(booked, bare, refused.get(), twice));
        return List.of(
                Figure.higher("course-book-per-s", booked.perSecond(), "courses/s", 100, bare.perSecond()),
                Figure.lower("double-bookings", twice, "", 0, 1));
    }

    private static void say(String text) {
        System.err.println(text);
    }
}
