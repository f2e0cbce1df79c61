package clinicops.intake;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.ClockSettings;
import clinicops.chassis.Role;
import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import clinicops.intake.safety.AlertReason;
import clinicops.intake.safety.OnCall;
import clinicops.intake.safety.RaisedThrough;
import clinicops.intake.safety.SafetyDesk;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** From the answers that tell of danger to the clinician who closes the alert. */
@ServiceTest(database = "intake_safety")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SafetyPathwayTest {
    @Autowired
    ApplicationContext context;

    @Autowired
    SafetyDesk safety;

    @Autowired
    OnCall onCall;

    @Autowired
    BusinessClock clock;

    @Autowired
    ClockSettings settings;

    private Clinic clinic;

    @BeforeAll
    void becomeADemo() {
        settings.turnIntoDemo();
        clinic = new Clinic(context);
    }

    @BeforeEach
    void haveSomebodyOnCall() {
        writeRoster(Map.of("standing", Map.of("person", "pia", "phone", "(212) 555-0177"), "shifts", List.of()))
                .expect(200);
    }

    @Test
    void answersGivenAloneHaveThePersonOnCallTelephonedAtOnceAndAgainUntilSomebodyTakesItUp() {
        String alertId = raiseByLink(clinic.refer());

        Awaitility.await()
                .until(() -> alert(alertId).path("calls").path(0).path("state").asString(), "answered"::equals);
        JsonNode raised = alert(alertId);
        assertThat(raised.path("raisedThrough").asString()).isEqualTo("link");
        assertThat(raised.path("state").asString()).isEqualTo("raised");
        assertThat(raised.path("calls").path(0).path("person").asString()).isEqualTo("pia");
        assertThat(callsKept(alertId))
                .singleElement()
                .satisfies(call -> assertThat(call.path("phone").asString()).isEqualTo("+12125550177"));

        settings.moveTo(clock.instant().plus(Duration.ofMinutes(6)));
        Awaitility.await().until(() -> callsKept(alertId).size() == 2);
        clinic.therapist()
                .post("/api/safety-alerts/" + alertId + "/acknowledgement")
                .expect(200);

        settings.moveTo(clock.instant().plus(Duration.ofMinutes(20)));
        assertThat(alert(alertId).path("state").asString()).isEqualTo("acknowledged");
        assertThat(callsKept(alertId)).hasSize(2);
    }

    @Test
    void withNobodyOnCallTheCallIsShownAsMissingAndTheStaffAreCalledAllTheSame() {
        writeRoster(Map.of("shifts", List.of())).expect(200);
        assertThat(onCall.present(clock.instant())).isEmpty();

        String alertId = raiseByLink(clinic.refer());

        Awaitility.await()
                .until(() -> alert(alertId).path("calls").path(0).path("state").asString(), "nobody-on-call"::equals);
        settings.moveTo(clock.instant().plus(Duration.ofMinutes(16)));
        Awaitility.await().until(() -> alert(alertId).path("escalations").size() == 4);
    }

    @Test
    void whatElseTellsOfDangerIsAddedToTheOneAlertOfThePatientAndCallsAnewWhenItIsGraver() {
        String id = clinic.refer();
        String alertId =
                safety.raise(id, AlertReason.PHQ_9_ITEM_9, RaisedThrough.LINK).alertId();
        clinic.nurse()
                .post("/api/safety-alerts/" + alertId + "/acknowledgement")
                .expect(200);

        assertThat(raiseByLink(id)).isEqualTo(alertId);

        JsonNode raised = alert(alertId);
        assertThat(open(id)).containsExactly(alertId);
        assertThat(raised.path("state").asString()).isEqualTo("raised");
        assertThat(raised.path("reason").asString()).isEqualTo("c-ssrs-high");
        assertThat(raised.path("triggers").valueStream().map(t -> t.path("reason")
                        .asString()))
                .containsExactly("phq-9-item-9", "c-ssrs-high");
        assertThat(raised.path("formerAcknowledgements").path(0).path("by").asString())
                .isEqualTo("nora");
        Awaitility.await().until(() -> callsKept(alertId).size() >= 1);
        assertThat(ServiceDoor.of(context)
                        .as("otto", Role.AUDITOR)
                        .get("/api/audit?limit=200&patientId=" + id)
                        .expect(200)
                        .body()
                        .path("items")
                        .valueStream()
                        .map(row -> row.path("what").asString()))
                .contains("raise-safety-alert", "add-to-safety-alert");
    }

    @Test
    void answersThatComeSideBySideMakeOneAlert() {
        String id = clinic.refer();

        var raised =
                Stream.generate(() -> CompletableFuture.supplyAsync(() -> raiseByLink(id))).limit(4).toList().stream()
                        .map(CompletableFuture::join)
                        .distinct()
                        .toList();

        assertThat(raised).hasSize(1).isEqualTo(open(id));
        assertThat(alert(raised.getFirst()).path("triggers").size()).isEqualTo(4);
    }

    @Test
    void afterTheAlertIsResolvedTheNextDangerIsAnother() {
        String id = clinic.refer();
        String first = raiseByLink(id);
        resolve(first, "no-danger", "Phoned: an answer by mistake");

        String second = raiseByLink(id);

        assertThat(second).isNotEqualTo(first);
        assertThat(open(id)).containsExactly(second);
        assertThat(alert(first).path("triggers").size()).isOne();
    }

    @Test
    void theAlertOfADuplicateEscalatesOnTheSurvivorAndTakesUpWhatComesThere() {
        String survivor = clinic.refer();
        String duplicate = clinic.refer();
        String alertId = safety.raise(duplicate, AlertReason.PHQ_9_ITEM_9, RaisedThrough.STAFF)
                .alertId();
        clinic.frontDesk()
                .ifMatch(clinic.version(survivor))
                .post(
                        "/api/patients/" + survivor + "/merge",
                        Map.of("duplicateId", duplicate, "reason", "same person, ID seen"))
                .expect(200);

        settings.moveTo(clock.instant().plus(Duration.ofMinutes(6)));

        Awaitility.await().until(() -> alert(alertId).path("escalations").size() == 1);
        assertThat(alert(alertId).path("patientId").asString()).isEqualTo(survivor);
        assertThat(raiseByLink(survivor)).isEqualTo(alertId);
    }

    @Test
    void thePatientIsFlaggedUntilTheAlertIsClosed() {
        String id = clinic.clearedPatient();
        String alertId = raiseByLink(id);
        assertThat(flagged(id)).isTrue();
        assertThat(clinic.biller()
                        .get("/api/patients/" + id)
                        .expect(200)
                        .body()
                        .path("safetyFlag")
                        .asBoolean())
                .isFalse();
        clinic.nurse()
                .put("/api/patients/" + id + "/consents/iv", Clinic.consent())
                .expect(422, "safety-review-open");
        assertThat(open(id)).containsExactly(alertId);

        resolve(alertId, "no-danger", "Phoned: an answer by mistake");

        assertThat(flagged(id)).isFalse();
        assertThat(open(id)).isEmpty();
        clinic.nurse()
                .put("/api/patients/" + id + "/consents/iv", Clinic.consent())
                .expect(200);
    }

    @Test
    void nobodyClosesAnAlertWithoutSayingHowTheDangerEnded() {
        String alertId = raiseByLink(clinic.refer());
        String resolution = "/api/safety-alerts/" + alertId + "/resolution";

        clinic.prescriber()
                .post(resolution, Map.of("outcome", "no-danger", "note", "fine"))
                .expect(409, "acknowledge-first");
        clinic.nurse()
                .post("/api/safety-alerts/" + alertId + "/acknowledgement")
                .expect(200);
        clinic.prescriber()
                .post(resolution, Map.of("outcome", "no-danger", "note", "  "))
                .expect(422, "reason-needed");
        clinic.prescriber().post(resolution, Map.of("outcome", "forgotten")).expect(400, "enum");
        clinic.nurse()
                .post(resolution, Map.of("outcome", "no-danger", "note", "x"))
                .expect(403);
        assertThat(alert(alertId).path("state").asString()).isEqualTo("acknowledged");
    }

    @Test
    void aSignedSafetyPlanIsKeptWhenTheNextOneIsWritten() {
        String path = "/api/patients/" + clinic.refer() + "/safety-plan";
        clinic.nurse().get(path).expect(404);
        var draft = new LinkedHashMap<>(Clinic.safetyPlan());
        draft.put("meansSafety", List.of());
        var refused = clinic.nurse().put(path, draft).expect(422, "safety-plan-incomplete");
        assertThat(refused.field()).isEqualTo("meansSafety");
        draft.remove("patientSignature");
        var first = clinic.nurse().put(path, draft).expect(200);
        assertThat(first.body().path("signed").asBoolean()).isFalse();
        clinic.therapist().put(path, Clinic.safetyPlan()).expect(428);

        var signed = clinic.therapist()
                .ifMatch(first.version())
                .put(path, Clinic.safetyPlan())
                .expect(200);
        clinic.nurse().ifMatch(first.version()).put(path, Clinic.safetyPlan()).expect(412);
        var next = clinic.nurse().ifMatch(signed.version()).put(path, draft).expect(200);

        assertThat(signed.body().path("revision").asInt()).isEqualTo(1);
        assertThat(next.body().path("revision").asInt()).isEqualTo(2);
        var revisions = clinic.nurse().get(path + "/revisions").expect(200).body();
        assertThat(revisions.valueStream().map(r -> r.path("signed").asBoolean()))
                .containsExactly(true, false);
        clinic.nurse()
                .put("/api/patients/nobody/safety-plan", Clinic.safetyPlan())
                .expect(404);
    }

    @Test
    void theRosterRefusesANumberThatNoTelephoneHas() {
        var refused = writeRoster(Map.of("standing", Map.of("person", "pia", "phone", "12"), "shifts", List.of()))
                .expect(422, "phone");
        assertThat(refused.field()).isEqualTo("standing.phone");
        clinic.admin().put("/api/on-call", Map.of("shifts", List.of())).expect(428);
    }

    private Answer writeRoster(Map<String, Object> roster) {
        var present = clinic.admin().get("/api/on-call").expect(200);
        return clinic.admin().ifMatch(present.version()).put("/api/on-call", roster);
    }

    private String raiseByLink(String patientId) {
        return safety.raise(patientId, AlertReason.C_SSRS_HIGH, RaisedThrough.LINK)
                .alertId();
    }

    private void resolve(String alertId, String outcome, String note) {
        clinic.nurse()
                .post("/api/safety-alerts/" + alertId + "/acknowledgement")
                .expect(200);
        clinic.prescriber()
                .post("/api/safety-alerts/" + alertId + "/resolution", Map.of("outcome", outcome, "note", note))
                .expect(200);
    }

    private boolean flagged(String patientId) {
        return clinic.nurse()
                .get("/api/patients/" + patientId)
                .expect(200)
                .body()
                .path("safetyFlag")
                .asBoolean();
    }

    private List<String> open(String patientId) {
        return clinic.nurse()
                .get("/api/safety-alerts?resolved=false&patientId=" + patientId)
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .map(a -> a.path("id").asString())
                .toList();
    }

    private JsonNode alert(String id) {
        return clinic.nurse()
                .get("/api/safety-alerts?limit=200")
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .filter(a -> a.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private List<JsonNode> callsKept(String alertId) {
        return clinic.admin()
                .get("/api/on-call/calls?limit=200")
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .filter(call -> call.path("alertId").asString().equals(alertId))
                .toList();
    }
}
