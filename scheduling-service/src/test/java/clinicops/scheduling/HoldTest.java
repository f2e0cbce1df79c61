package clinicops.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinicops.chassis.DueWork;
import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Places that are kept while the patient at the telephone looks into their diary. */
@ServiceTest(database = "scheduling")
class HoldTest {
    @Autowired
    ApplicationContext context;

    private Clinic clinic;
    private String patient;
    private List<Map<String, String>> places;

    @BeforeEach
    void open() {
        clinic = new Clinic(context);
        patient = clinic.readyPatient();
        places = clinic.suggestion(patient, farAhead());
    }

    private LocalDate farAhead() {
        return clinic.today().plusDays(200);
    }

    private Answer hold(String who, List<Map<String, String>> wanted) {
        return clinic.frontDesk.post("/api/holds", Map.of("patientId", who, "sessions", wanted));
    }

    private Answer bookHeld(String who, Answer hold) {
        return clinic.frontDesk.post(
                "/api/courses", Map.of("patientId", who, "holdId", Clinic.text(hold.body(), "id")));
    }

    @Test
    void whatIsHeldIsBookedAsItWasHeld() {
        Answer hold = hold(patient, places).expect(201);
        assertThat(Instant.parse(Clinic.text(hold.body(), "expiresAt")))
                .isEqualTo(Instant.parse(Clinic.text(hold.body(), "heldAt")).plus(Duration.ofMinutes(10)));
        assertThat(Clinic.text(hold.body(), "terms")).isEqualTo("booking-terms@2026-12");

        Answer course = bookHeld(patient, hold).expect(201);

        assertThat(course.body().path("sessions").valueStream().map(s -> Clinic.text(s, "startsAt")))
                .containsExactlyElementsOf(
                        places.stream().map(place -> place.get("startsAt")).toList());
        bookHeld(patient, hold).expect(409, "hold-over");
        new ClinicDiary(context).isSound();
    }

    @Test
    void nobodyElseGetsWhatIsHeldAndNobodyIsOfferedIt() {
        hold(patient, places).expect(201);
        String other = clinic.readyPatient();

        clinic.book(other, places).expect(409, "place-taken");
        hold(other, places).expect(409, "place-taken");
        assertThat(clinic.suggestion(other, farAhead())).doesNotContainAnyElementsOf(places);
        hold(patient, clinic.suggestion(patient, farAhead())).expect(409, "hold-open");
    }

    @Test
    void whatIsReleasedIsFreeAtOnce() {
        Answer hold = hold(patient, places).expect(201);
        String id = Clinic.text(hold.body(), "id");
        assertThat(clinic.frontDesk
                        .get("/api/holds?patientId=" + patient)
                        .expect(200)
                        .body()
                        .path("items")
                        .size())
                .isEqualTo(1);

        clinic.frontDesk.delete("/api/holds/" + id).expect(204);
        clinic.frontDesk.delete("/api/holds/" + id).expect(204);

        bookHeld(patient, hold).expect(409, "hold-over");
        clinic.book(clinic.readyPatient(), places).expect(201);
        clinic.frontDesk.delete("/api/holds/no-such-hold").expect(404);
    }

    @Test
    void afterTenMinutesThePlacesAreFreeAgain() {
        Answer hold = hold(patient, places).expect(201);
        assertThat(context.getBeansOfType(DueWork.class).values().stream().flatMap(work -> work.nextDueAt().stream()))
                .anySatisfy(
                        due -> assertThat(due).isBeforeOrEqualTo(clinic.now().plus(Duration.ofMinutes(10))));

        clinic.wait(10);

        // at once, whether or not the clock has ticked
        clinic.book(clinic.readyPatient(), places).expect(201);
        bookHeld(patient, hold).expect(409, "hold-expired");
        await().untilAsserted(() -> new ClinicDiary(context).isSound());
    }

    @Test
    void aRepeatedRequestHoldsOnce() {
        var desk = clinic.frontDesk.with("Idempotency-Key", "hold-" + patient);
        var request = Map.of("patientId", patient, "sessions", places);

        Answer first = desk.post("/api/holds", request).expect(201);
        Answer again = desk.post("/api/holds", request).expect(201);

        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void aHoldIsNoWayRoundARule() {
        hold(patient, places.subList(0, 5)).expect(422, "sessions-of-plan");
        hold(Clinic.newPatientId(), places).expect(404);
        Answer hold = hold(patient, places).expect(201);
        String other = clinic.readyPatient();
        bookHeld(other, hold).expect(404);
        clinic.frontDesk
                .post(
                        "/api/courses",
                        Map.of("patientId", patient, "sessions", places, "holdId", Clinic.text(hold.body(), "id")))
                .expect(422, "sessions-or-hold");
        clinic.frontDesk.post("/api/courses", Map.of("patientId", patient)).expect(422, "sessions-or-hold");

        clinic.tell("con-" + patient, clinic.consentWithdrawn(patient));
        await().until(() -> clinic.blockers(patient).contains("consent-missing"));
        bookHeld(patient, hold).expect(409, "consent-missing");
    }
}
