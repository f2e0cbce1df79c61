package clinicops.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import clinicops.contracts.SchedulingEvent;
import clinicops.testing.DiaryChecker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** Sixty-four desks want the places of eight courses at the same moment. */
@ServiceTest(database = "scheduling")
class SixtyFourClientsTest {
    private static final int CLIENTS = 64;

    @Autowired
    ApplicationContext context;

    private Clinic clinic;
    private List<List<Map<String, String>>> slots;
    private List<String> patients;

    @BeforeEach
    void open() {
        clinic = new Clinic(context);
        patients = Stream.generate(clinic::readyPatient).limit(CLIENTS).toList();
    }

    /** Four chairs at two hours of the same six days: as much as fits, and not a seat more. */
    private void eightSlotsFrom(int daysAhead) {
        List<String> chairs = ids("/api/chairs");
        List<String> nurses = ids("/api/nurses");
        List<Instant> mornings = clinic
                .suggestion(patients.getFirst(), clinic.today().plusDays(daysAhead))
                .stream()
                .map(place -> Instant.parse(place.get("startsAt")))
                .toList();
        slots = new ArrayList<>();
        for (int hour = 0; hour < 2; hour++) {
            for (int chair = 0; chair < 4; chair++) {
                Duration later = Duration.ofMinutes(135L * hour);
                String chairId = chairs.get(chair);
                String nurseId = nurses.get(chair / 2);
                slots.add(mornings.stream()
                        .map(morning -> Map.of(
                                "startsAt", morning.plus(later).toString(), "chairId", chairId, "nurseId", nurseId))
                        .toList());
            }
        }
    }

    private List<String> ids(String path) {
        return clinic.frontDesk
                .get(path)
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .limit(4)
                .map(item -> Clinic.text(item, "id"))
                .toList();
    }

    private List<Answer> allAtOnce(String path, String round) throws Exception {
        CountDownLatch ready = new CountDownLatch(CLIENTS);
        List<Callable<Answer>> desks = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            String patient = patients.get(i);
            ServiceDoor desk = clinic.frontDesk.with("Idempotency-Key", round + patient);
            Map<String, Object> wanted = Map.of("patientId", patient, "sessions", slots.get(i % slots.size()));
            desks.add(() -> {
                ready.countDown();
                ready.await();
                return desk.post(path, wanted);
            });
        }
        List<Answer> answers = new ArrayList<>();
        try (var pool = Executors.newFixedThreadPool(CLIENTS)) {
            for (Future<Answer> answer : pool.invokeAll(desks)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }

    @Test
    void sixtyFourClientsRaceForEightPlaces() throws Exception {
        eightSlotsFrom(300);

        List<Answer> answers = allAtOnce("/api/courses", "first-");

        assertEightWonAndTheOthersKnowWhy(answers);
        // the answers got lost on their way, all of them: everybody sends the same again
        List<Answer> again = allAtOnce("/api/courses", "first-");
        for (int i = 0; i < CLIENTS; i++) {
            if (answers.get(i).status() == 201) {
                assertThat(again.get(i).body()).isEqualTo(answers.get(i).body());
            } else {
                assertThat(again.get(i).rule()).isEqualTo("place-taken");
            }
        }
        new ClinicDiary(context).isSound();
    }

    @Test
    void sixtyFourHoldsForEightPlaces() throws Exception {
        eightSlotsFrom(340);

        List<Answer> answers = allAtOnce("/api/holds", "hold-");

        assertEightWonAndTheOthersKnowWhy(answers);
        answers.stream().filter(answer -> answer.status() == 201).forEach(hold -> clinic.frontDesk
                .post(
                        "/api/courses",
                        Map.of(
                                "patientId",
                                Clinic.text(hold.body(), "patientId"),
                                "holdId",
                                Clinic.text(hold.body(), "id")))
                .expect(201));
        new ClinicDiary(context).isSound();
    }

    private static void assertEightWonAndTheOthersKnowWhy(List<Answer> answers) {
        Map<Integer, Long> byStatus =
                answers.stream().collect(Collectors.groupingBy(Answer::status, Collectors.counting()));
        assertThat(byStatus).as("201 or 409").isEqualTo(Map.of(201, 8L, 409, 56L));
        assertThat(answers).filteredOn(answer -> answer.status() == 409).allSatisfy(answer -> assertThat(answer.rule())
                .isEqualTo("place-taken"));
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 201)
                .extracting(answer -> first(answer.body()))
                .doesNotHaveDuplicates();
    }

    private static String first(JsonNode course) {
        JsonNode session = course.path("sessions").path(0);
        return Clinic.text(session, "startsAt") + Clinic.text(session, "chairId");
    }

    /** Whether the checker would see anything at all. */
    @Test
    void theCheckerFindsWhatIsGivenTwice() {
        Instant ten = Instant.parse("2027-03-01T10:00:00Z");
        DiaryChecker checker = new DiaryChecker(2);
        checker.told(booked("a", "p", "chair", "nurse", ten));
        checker.told(booked("b", "q", "chair", "other", ten.plusSeconds(1_800)));
        checker.told(booked("c", "p", "third", "other", ten.plusSeconds(1_800)));
        checker.told(new SchedulingEvent.SessionCancelled("b", "course", "q", ten, "patient", ten));
        checker.told(booked("d", "r", "fourth", "nurse", ten));
        checker.told(booked("e", "s", "fifth", "nurse", ten));
        long minute = ten.getEpochSecond() / 60;
        checker.occupied("2027-03-01|chair|chair", minute, minute + 60, "a");
        checker.occupied("2027-03-01|chair|chair", minute + 30, minute + 90, "left-over");

        assertThat(checker.findings(_ -> false))
                .contains(
                        "chair|chair is given to 2 at 2027-03-01T10:30:00Z",
                        "patient|p is given to 2 at 2027-03-01T10:30:00Z",
                        "nurse|nurse is given to 3 at 2027-03-01T10:00:00Z",
                        "2027-03-01|chair|chair is taken by a and left-over at once",
                        "nurse|nurse is not taken for session a",
                        "left-over takes something and is not booked");
    }

    private static SchedulingEvent.SessionBooked booked(
            String id, String patient, String chair, String nurse, Instant from) {
        return new SchedulingEvent.SessionBooked(
                id, "course", patient, 1, "ketamine", "iv", from, from.plusSeconds(3_600), chair, nurse);
    }
}
