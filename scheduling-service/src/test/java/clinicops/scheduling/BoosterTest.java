package clinicops.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import clinicops.contracts.IntakeEvent;
import clinicops.contracts.SchedulingEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** After the course: the score comes back up, or the plan's window ends, and a single session is booked. */
@ServiceTest(database = "scheduling-boosters")
class BoosterTest {
    private static final Duration A_DAY = Duration.ofDays(1);

    @Autowired
    ApplicationContext context;

    private Clinic clinic;
    private String patient;
    private Instant lastDose;

    /** Whose course of one infusion is over since. */
    @BeforeEach
    void treat() {
        clinic = new Clinic(context);
        patient = Clinic.newPatientId();
        clinic.tell(patient, new IntakeEvent.PatientRegistered(patient, "ref", clinic.now()));
        clinic.tell(
                patient,
                new IntakeEvent.PatientCleared(
                        patient, clinic.now(), clinic.today().plusDays(400), null));
        clinic.tell("con-" + patient, clinic.consentSigned(patient));
        clinic.tell("plan-" + patient, plan(1, 14, 42));
        clinic.tell("est-" + patient, clinic.selfPay(patient, 4));
        await().until(() -> clinic.canBook(patient));
        give(clinic.sessionToday(patient));
    }

    private IntakeEvent.TreatmentPlanApproved plan(int revision, Integer from, Integer to) {
        return new IntakeEvent.TreatmentPlanApproved(
                "plan-" + patient,
                patient,
                revision,
                "F33.2",
                "ketamine",
                "iv",
                new BigDecimal("0.5"),
                new BigDecimal("1.0"),
                null,
                1,
                1,
                0,
                21,
                null,
                from,
                to,
                "paula",
                clinic.now());
    }

    private void give(String session) {
        clinic.startDose(session);
        lastDose = clinic.now();
        clinic.nurse
                .post("/api/sessions/" + session + "/leave-against-advice", Map.of())
                .expect(200);
    }

    private IntakeEvent.OutcomeRecorded outcome(String assessment, int score, Instant at) {
        return new IntakeEvent.OutcomeRecorded(
                assessment + "-" + patient,
                patient,
                "phq-9",
                "1",
                "total",
                new BigDecimal(20),
                new BigDecimal(score),
                null,
                null,
                1,
                at);
    }

    private void tell(String assessment, int score, Instant at) {
        clinic.tell(assessment + "-" + patient, outcome(assessment, score, at));
    }

    private List<JsonNode> ofPatient() {
        return clinic.frontDesk
                .get("/api/boosters?patientId=" + patient)
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .toList();
    }

    private Optional<JsonNode> open() {
        return ofPatient().stream()
                .filter(booster -> Clinic.text(booster, "state").equals("open"))
                .findFirst();
    }

    private JsonNode drifted() {
        tell("best", 6, lastDose.plus(A_DAY));
        tell("later", 13, lastDose.plus(A_DAY.multipliedBy(20)));
        await().until(() -> open().isPresent());
        return open().orElseThrow();
    }

    private Answer decline(JsonNode booster, String reason) {
        return clinic.prescriber
                .ifMatch(booster.path("version").asLong())
                .post("/api/boosters/" + Clinic.text(booster, "id") + "/decline", Map.of("reason", reason));
    }

    private Map<String, Object> wanted(JsonNode booster, Object sessions) {
        Map<String, Object> body = new HashMap<>();
        body.put("patientId", patient);
        body.put("boosterId", Clinic.text(booster, "id"));
        if (sessions != null) {
            body.put("sessions", sessions);
        }
        return body;
    }

    private List<Map<String, String>> suggested(JsonNode booster) {
        return clinic.frontDesk
                .post("/api/courses/suggestions", wanted(booster, null))
                .expect(200)
                .body()
                .path("sessions")
                .valueStream()
                .map(session -> Map.of(
                        "startsAt", Clinic.text(session, "startsAt"),
                        "chairId", Clinic.text(session, "chairId"),
                        "nurseId", Clinic.text(session, "nurseId")))
                .toList();
    }

    @Test
    void aScoreThatDriftsSuggestsOneAndTellsItOnceHoweverOftenItIsHeard() {
        try (var probe = clinic.probe()) {
            JsonNode booster = drifted();
            assertThat(Clinic.text(booster, "because")).isEqualTo("drift");
            JsonNode drift = booster.path("evidence").path("drift");
            assertThat(drift.path("best").asInt()).isEqualTo(6);
            assertThat(drift.path("latest").asInt()).isEqualTo(13);
            assertThat(clinic.nurse.get("/api/boosters").expect(200).text()).contains(Clinic.text(booster, "id"));

            // told again, and an older one that comes late
            tell("later", 13, lastDose.plus(A_DAY.multipliedBy(20)));
            tell("between", 7, lastDose.plus(A_DAY.multipliedBy(10)));
            // a worse one makes it weightier
            tell("worse", 15, lastDose.plus(A_DAY.multipliedBy(24)));
            await().until(() -> open().orElseThrow()
                            .path("evidence")
                            .path("drift")
                            .path("latest")
                            .asInt()
                    == 15);
            assertThat(Clinic.text(open().orElseThrow(), "id")).isEqualTo(Clinic.text(booster, "id"));
            SchedulingEvent.BoosterDue due =
                    probe.expectExactly("scheduling.booster-due.v1").getFirst().body(SchedulingEvent.BoosterDue.class);
            assertThat(due.because()).isEqualTo("drift");
            assertThat(due.patientId()).isEqualTo(patient);
        }
    }

    @Test
    void aLaterScoreThatIsGoodAgainTakesTheEvidenceAway() {
        JsonNode booster = drifted();
        tell("well", 6, lastDose.plus(A_DAY.multipliedBy(25)));
        await().until(() -> open().isEmpty());
        assertThat(Clinic.text(ofPatient().getFirst(), "state")).isEqualTo("withdrawn");
        decline(booster, "too late").expect(412);
    }

    @Test
    void aPrescriberDeclinesAndOnlyALaterScoreBringsItBack() {
        JsonNode booster = drifted();
        clinic.frontDesk
                .ifMatch(booster.path("version").asLong())
                .post("/api/boosters/" + Clinic.text(booster, "id") + "/decline", Map.of("reason", "no"))
                .expect(403);
        clinic.prescriber
                .post("/api/boosters/" + Clinic.text(booster, "id") + "/decline", Map.of("reason", "no"))
                .expect(428);
        decline(booster, " ").expect(400);
        clinic.moveTo(lastDose.plus(A_DAY.multipliedBy(21)));
        JsonNode declined =
                decline(booster, "the patient is in hospital").expect(200).body();
        assertThat(Clinic.text(declined.path("decision"), "by")).isEqualTo("paula");
        decline(declined, "again").expect(409, "booster-over");

        tell("later", 13, lastDose.plus(A_DAY.multipliedBy(20)));
        tell("worse", 15, lastDose.plus(A_DAY.multipliedBy(22)));
        await().until(() -> open().isPresent());
        assertThat(ofPatient()).hasSize(2);
    }

    @Test
    void theCalendarSuggestsOneBeforeThePlansWindowEnds() {
        clinic.moveTo(lastDose.plus(A_DAY.multipliedBy(33)));
        await().until(() -> open().isPresent());
        JsonNode booster = open().orElseThrow();
        assertThat(Clinic.text(booster, "because")).isEqualTo("calendar");
        assertThat(booster.path("evidence").path("drift").isNull()).isTrue();

        // the prescriber wants none any more
        clinic.tell("plan-" + patient, plan(2, null, null));
        await().until(() -> open().isEmpty());
    }

    @Test
    void oneSessionIsBookedUnderThePlanByTheRulesOfCourses() {
        JsonNode booster = drifted();
        List<Map<String, String>> place = suggested(booster);
        assertThat(place).hasSize(1);
        assertThat(place.getFirst().get("startsAt"))
                .as("not before it is due")
                .isGreaterThanOrEqualTo(Clinic.text(booster, "dueFrom"));

        List<Map<String, String>> tooEarly =
                clinic.suggestion(patient, clinic.today().plusDays(2));
        clinic.frontDesk.post("/api/courses", wanted(booster, tooEarly)).expect(422, "booster-too-early");
        JsonNode hold = clinic.frontDesk
                .post("/api/holds", wanted(booster, place))
                .expect(201)
                .body();
        assertThat(Clinic.text(hold, "boosterId")).isEqualTo(Clinic.text(booster, "id"));
        JsonNode course = clinic.frontDesk
                .post("/api/courses", Map.of("patientId", patient, "holdId", Clinic.text(hold, "id")))
                .expect(201)
                .body();
        assertThat(Clinic.text(course, "kind")).isEqualTo("booster");
        assertThat(course.path("sessionsMissing").asInt()).isZero();
        assertThat(open()).isEmpty();
        clinic.frontDesk.post("/api/courses/suggestions", wanted(booster, null)).expect(409, "booster-over");

        // what was booked came to nothing: it is due again, under the same name
        String session = Clinic.text(course.path("sessions").path(0), "id");
        clinic.act(clinic.frontDesk, session, "cancel", Map.of("reason", "patient"))
                .expect(200);
        await().until(() -> open().isPresent());
        assertThat(Clinic.text(open().orElseThrow(), "id")).isEqualTo(Clinic.text(booster, "id"));
    }

    @Test
    void whoWaitsForABoosterIsOfferedAFreedPlaceOfItsDaysAndBooksIt() {
        JsonNode booster = drifted();
        String id = Clinic.text(
                clinic.frontDesk
                        .post(
                                "/api/waitlist",
                                Map.of(
                                        "patientId",
                                        patient,
                                        "wants",
                                        "booster",
                                        "boosterId",
                                        Clinic.text(booster, "id")))
                        .expect(201)
                        .body(),
                "id");
        assertThat(Clinic.text(waiting(id), "gapLimitOn")).isEqualTo(Clinic.text(booster, "dueBy"));
        String other = clinic.readyPatient();
        List<String> leaving = clinic.book(
                        other,
                        clinic.suggestion(
                                other,
                                LocalDate.parse(Clinic.text(booster, "dueFrom")).plusDays(1)))
                .expect(201)
                .body()
                .path("sessions")
                .valueStream()
                .map(session -> Clinic.text(session, "id"))
                .toList();
        String freed = Clinic.text(clinic.session(leaving.getFirst()).body(), "startsAt");

        clinic.act(clinic.frontDesk, leaving.getFirst(), "cancel", Map.of("reason", "clinic"))
                .expect(200);
        await().until(() -> Clinic.text(waiting(id), "state").equals("offered"));
        JsonNode offered = waiting(id);
        assertThat(Clinic.text(offered.path("offer"), "startsAt")).isEqualTo(freed);
        assertThat(offered.path("offer").path("sessions").asInt()).isEqualTo(1);
        clinic.frontDesk
                .ifMatch(offered.path("version").asLong())
                .post("/api/waitlist/" + id + "/acceptance", Map.of())
                .expect(200);

        JsonNode course = clinic.frontDesk
                .get("/api/courses?patientId=" + patient)
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .filter(one -> Clinic.text(one, "kind").equals("booster"))
                .findFirst()
                .orElseThrow();
        assertThat(Clinic.text(course.path("sessions").get(0), "startsAt")).isEqualTo(freed);
        assertThat(Clinic.text(ofPatient().getFirst(), "state")).isEqualTo("booked");
        assertThat(Clinic.text(ofPatient().getFirst(), "courseId")).isEqualTo(Clinic.text(course, "id"));
    }

    @Test
    void nobodyWaitsForABoosterThatIsDeclined() {
        JsonNode booster = drifted();
        clinic.frontDesk
                .post(
                        "/api/waitlist",
                        Map.of("patientId", patient, "wants", "booster", "boosterId", Clinic.text(booster, "id")))
                .expect(201);
        assertThat(waiting()).hasSize(1);
        decline(booster, "the patient is in hospital").expect(200);
        await().until(() -> waiting().isEmpty());
    }

    private List<JsonNode> waiting() {
        return clinic.frontDesk
                .get("/api/waitlist?patientId=" + patient)
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .toList();
    }

    private JsonNode waiting(String id) {
        return waiting().stream()
                .filter(entry -> Clinic.text(entry, "id").equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anotherPatientsBoosterIsUnknown() {
        JsonNode booster = drifted();
        String other = clinic.readyPatient();
        clinic.frontDesk
                .post("/api/courses/suggestions", Map.of("patientId", other, "boosterId", Clinic.text(booster, "id")))
                .expect(404);
        clinic.frontDesk.get("/api/boosters/no-such-booster").expect(404);
    }
}
