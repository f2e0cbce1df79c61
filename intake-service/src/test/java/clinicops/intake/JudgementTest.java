package clinicops.intake;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.testing.ServiceTest;
import clinicops.contracts.IntakeEvent;
import clinicops.contracts.Topics;
import clinicops.outbox.OutboxStatus;
import clinicops.testing.EventProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** How clinicians judge: work-up, evaluations, verdicts that follow the facts, and what they may override. */
@ServiceTest(database = "intake")
class JudgementTest {
    @Autowired
    ApplicationContext context;

    @Autowired
    OutboxStatus outbox;

    private Clinic clinic;
    private EventProbe intake;

    @BeforeEach
    void listen() {
        clinic = new Clinic(context);
        intake = EventProbe.on(Topics.INTAKE)
                .settledWhen(() -> outbox.unsent() == 0)
                .forget();
    }

    @AfterEach
    void stopListening() {
        intake.close();
    }

    @Test
    void highPressureMeasuredLaterTakesTheMedicalClearanceBack() {
        String id = clinic.clearedPatient();
        intake.awaitTypes("intake.patient-cleared.v1");
        intake.forget();

        clinic.result(id, "vital-signs", Map.of("systolic", 162, "diastolic", 101))
                .expect(201);

        var told = intake.expectExactly("intake.screening-completed.v1", "intake.clearance-lapsed.v1");
        assertThat(told.getLast().body(IntakeEvent.ClearanceLapsed.class)).satisfies(e -> {
            assertThat(e.clearance()).isEqualTo("medical");
            assertThat(e.reason()).isEqualTo("facts-changed");
        });
        var patient = clinic.nurse().get("/api/patients/" + id).expect(200).body();
        assertThat(patient.path("status").asString()).isEqualTo("needs-review");
        assertThat(patient.path("clearances").size()).isEqualTo(1);
    }

    @Test
    void howLongJudgingTakesIsToldByTheServiceItself() {
        clinic.clearedPatient();

        assertThat(clinic.nurse().get("/actuator/prometheus").expect(200).text())
                .contains("clinicops_intake_rules_seconds_bucket", "le=\"0.001\"");
    }

    @Test
    void whatIsAnsweredAfterTheScreeningTakesThePlaceOfWhatItAnswered() {
        String id = clinic.refer();
        var history = Clinic.history();
        history.put("failedTreatments", 0);
        var moderate = Clinic.screening(
                Collections.nCopies(8, 2), 1, cssrs(Map.of("q1", true, "q2", true, "q3", true, "q6", "no")));
        moderate.put("history", history);
        clinic.screen(id, moderate).expect(200);
        // who thinks of suicide need not have tried other treatments
        assertThat(status(id)).isEqualTo("screened");

        answer(id, "c-ssrs", Map.of("q1", "no", "q2", "no", "q6", "no"));

        assertThat(status(id)).isEqualTo("needs-review");
        answer(
                id,
                "phq-9",
                Map.of("1", "0", "2", "0", "3", "0", "4", "0", "5", "0", "6", "1", "7", "0", "8", "0", "9", "0"));
        var facts = facts(id);
        assertThat(facts.path("suicideRisk").asString()).isEqualTo("none");
        assertThat(facts.path("scores").path("phq9").asInt()).isOne();
    }

    @Test
    void whatIsAskedSinceTheLastContactRaisesTheRiskButDoesNotLowerIt() {
        String id = clinic.refer();
        clinic.screen(
                        id,
                        Clinic.screening(
                                Collections.nCopies(8, 2), 1, cssrs(Map.of("q1", true, "q2", false, "q6", "no"))))
                .expect(200);
        String instrument = "c-ssrs-since-last-contact";

        answer(id, instrument, Map.of("q1", "no", "q2", "no", "q6", "no"));
        assertThat(facts(id).path("suicideRisk").asString()).isEqualTo("low");
        answer(id, instrument, Map.of("q1", "yes", "q2", "yes", "q3", "yes", "q4", "no", "q5", "no", "q6", "no"));
        assertThat(facts(id).path("suicideRisk").asString()).isEqualTo("moderate");
    }

    private static Map<String, Object> cssrs(Map<String, Object> answers) {
        var all = new HashMap<String, Object>(answers);
        for (String later : List.of("q3", "q4", "q5")) {
            if (Boolean.TRUE.equals(answers.get("q2"))) {
                all.putIfAbsent(later, false);
            }
        }
        return all;
    }

    private void answer(String id, String instrument, Map<String, String> answers) {
        clinic.nurse()
                .post(
                        "/api/patients/" + id + "/assessments",
                        Map.of("instrument", instrument, "mode", "staff", "answers", answers, "complete", true))
                .expect(201);
    }

    private String status(String id) {
        return clinic.nurse()
                .get("/api/patients/" + id)
                .expect(200)
                .body()
                .path("status")
                .asString();
    }

    private JsonNode facts(String id) {
        String path = "/api/patients/" + id + "/verdicts";
        String latest = clinic.prescriber()
                .get(path + "?limit=1")
                .expect(200)
                .body()
                .path("items")
                .path(0)
                .path("id")
                .asString();
        return clinic.prescriber().get(path + "/" + latest).expect(200).body().path("facts");
    }

    @Test
    void aPositivePregnancyTestExcludesUntilAPrescriberOverridesWithAReason() {
        String id = clinic.clearedPatient();
        clinic.result(id, "pregnancy-test", Map.of("result", "positive")).expect(201);
        String path = "/api/patients/" + id;
        assertThat(clinic.nurse().get(path).expect(200).body().path("status").asString())
                .isEqualTo("excluded");
        var why = Map.of("reason", "weighed with the patient and her obstetrician");

        clinic.nurse()
                .ifMatch(clinic.version(id))
                .put(path + "/findings/pregnancy/override", why)
                .expect(403);
        clinic.prescriber()
                .ifMatch(clinic.version(id))
                .put(path + "/findings/age/override", why)
                .expect(422, "finding-excludes-not");
        var overridden = clinic.prescriber()
                .ifMatch(clinic.version(id))
                .put(path + "/findings/pregnancy/override", why)
                .expect(200);

        assertThat(overridden.body().path("status").asString()).isEqualTo("needs-review");
        clinic.clear(clinic.therapist(), "mental-health", id).expect(200);
        clinic.clear(clinic.prescriber(), "medical", id).expect(200);
    }

    @Test
    void theophyllineIsOverriddenByNobody() {
        String id = clinic.refer();
        clinic.screen(id, Clinic.screeningWith("drugs", List.of("Theo-24"))).expect(200);

        clinic.prescriber()
                .ifMatch(clinic.version(id))
                .put("/api/patients/" + id + "/findings/theophylline/override", Map.of("reason", "x"))
                .expect(422, "finding-not-overridable");
    }

    @Test
    void everyVerdictIsKeptAndComesOutTheSameUnderTheRulesOfItsDay() {
        String id = clinic.refer();
        clinic.screen(id, Clinic.screeningWith("drugs", List.of("Ativan 1 mg"))).expect(200);
        clinic.result(id, "urine-drug-screen", Map.of("result", "unexpected")).expect(201);
        clinic.result(id, "weight", Map.of("weightKg", 64.2)).expect(201);

        var verdicts = clinic.prescriber()
                .get("/api/patients/" + id + "/verdicts")
                .expect(200)
                .body()
                .path("items");

        assertThat(verdicts.size()).isEqualTo(2);
        assertThat(verdicts.path(0).path("because").asString()).isEqualTo("workup-recorded");
        assertThat(verdicts.path(1).path("because").asString()).isEqualTo("screening-recorded");
        String newest = "/api/patients/" + id + "/verdicts/"
                + verdicts.path(0).path("id").asString();
        var facts = clinic.prescriber().get(newest).expect(200).body().path("facts");
        assertThat(facts.path("drugs").path(0).path("classes").path(0).asString())
                .isEqualTo("benzodiazepine");
        assertThat(facts.path("results").path("urineDrugScreen").asString()).isEqualTo("unexpected");
        var replay = clinic.prescriber().get(newest + "/replay").expect(200).body();
        assertThat(replay.path("same").asBoolean()).isTrue();
        assertThat(replay.path("ruleSetVersion").asString())
                .isEqualTo(verdicts.path(0).path("ruleSetVersion").asString());
        clinic.prescriber()
                .get("/api/patients/" + clinic.refer() + "/verdicts/"
                        + verdicts.path(0).path("id").asString())
                .expect(404, "not-found");
    }

    @Test
    void theMedicalClearanceNamesWhatTheWorkUpLacks() {
        String id = clinic.refer();
        clinic.screen(id, Clinic.screeningWith("conditions", List.of("cardiac-history")))
                .expect(200);
        clinic.evaluate("medical", id);
        var review = List.of(Map.of("finding", "heart-disease", "reason", "stable for years"));
        Callable<Object> clear = () -> clinic.prescriber()
                .ifMatch(clinic.version(id))
                .put("/api/patients/" + id + "/clearances/medical", Map.of("decision", "cleared", "reviewed", review))
                .expect(422, "workup-missing")
                .body()
                .path("detail")
                .asString();

        assertThat(call(clear)).asString().contains("pdmp-query, urine-drug-screen, ecg");
        clinic.workUp(id);
        assertThat(call(clear)).asString().contains("ecg").doesNotContain("pdmp");
        clinic.result(id, "ecg", Map.of("result", "expected")).expect(201);
        clinic.prescriber()
                .ifMatch(clinic.version(id))
                .put("/api/patients/" + id + "/clearances/medical", Map.of("decision", "cleared", "reviewed", review))
                .expect(200);
        assertThat(clinic.nurse()
                        .get("/api/patients/" + id + "/workup")
                        .expect(200)
                        .body()
                        .path("missing")
                        .size())
                .isZero();
    }

    @Test
    void anOldQueryOfThePrescriptionMonitoringDoesNotCount() {
        String id = clinic.refer();
        clinic.screen(id, Clinic.screening()).expect(200);
        var now = context.getBean(clinicops.chassis.BusinessClock.class).instant();
        clinic.result(
                        id,
                        "pdmp-query",
                        Map.of(
                                "result",
                                "expected",
                                "takenAt",
                                now.minus(Duration.ofDays(31)).toString()))
                .expect(201);
        clinic.result(
                        id,
                        "ecg",
                        Map.of(
                                "result",
                                "expected",
                                "takenAt",
                                now.plus(Duration.ofDays(1)).toString()))
                .expect(422, "in-the-future");
        clinic.result(id, "ecg", Map.of()).expect(422, "result-needed");
        clinic.result(id, "ecg", Map.of("result", "positive")).expect(422, "result-kind");
        clinic.result(id, "weight", Map.of()).expect(422, "value-needed");
        clinic.result(id, "vital-signs", Map.of("systolic", 80, "diastolic", 90))
                .expect(422, "blood-pressure-order");
        clinic.result(id, "horoscope", Map.of("result", "expected")).expect(404, "not-found");

        var missing = clinic.nurse()
                .get("/api/patients/" + id + "/workup")
                .expect(200)
                .body();

        assertThat(missing.path("missing").toString()).contains("pdmp-query");
    }

    @Test
    void whatIsSignedStaysAndAnAmendmentStandsBesideIt() {
        String id = clinic.refer();
        String path = "/api/patients/" + id + "/evaluations/mental-health";
        var open = clinic.therapist().put(path, Map.of("risk", "none")).expect(200);
        clinic.therapist().ifMatch(open.version()).post(path + "/sign").expect(422, "evaluation-incomplete");
        clinic.therapist().put(path, Clinic.mentalHealthExam()).expect(428);
        var draft = clinic.therapist()
                .ifMatch(open.version())
                .put(path, Clinic.mentalHealthExam())
                .expect(200);
        var signed =
                clinic.therapist().ifMatch(draft.version()).post(path + "/sign").expect(200);
        assertThat(signed.body().path("signedBy").asString()).isEqualTo("theo");

        clinic.therapist()
                .ifMatch(signed.version())
                .put(path, Clinic.mentalHealthExam())
                .expect(409, "evaluation-signed");
        clinic.prescriber().ifMatch(signed.version()).post(path + "/sign").expect(409, "evaluation-signed");
        var amendment = clinic.therapist()
                .ifMatch(signed.version())
                .post(path + "/amend", Map.of("reason", "history of a relative"))
                .expect(200);
        assertThat(amendment.body().path("amends").asString())
                .isEqualTo(signed.body().path("id").asString());
        assertThat(amendment.body().path("number").asInt()).isEqualTo(2);
        var all = clinic.nurse()
                .get("/api/patients/" + id + "/evaluations")
                .expect(200)
                .body()
                .path("items");
        assertThat(all.size()).isEqualTo(2);
        assertThat(all.path(1).path("signedBy").asString()).isEqualTo("theo");
    }

    @Test
    void aTherapistSignsNoMedicalEvaluationAndClearsNothingWithoutOne() {
        String id = clinic.refer();
        clinic.screen(id, Clinic.screening()).expect(200);
        String path = "/api/patients/" + id + "/evaluations/medical";
        var draft = clinic.prescriber().put(path, Clinic.medicalExam()).expect(200);

        clinic.therapist().ifMatch(draft.version()).post(path + "/sign").expect(422, "sign-by-prescriber");
        clinic.therapist()
                .ifMatch(clinic.version(id))
                .put(
                        "/api/patients/" + id + "/clearances/mental-health",
                        Map.of("decision", "cleared", "override", "in a hurry"))
                .expect(422, "override-by-prescriber");
        var overridden = clinic.prescriber()
                .ifMatch(clinic.version(id))
                .put(
                        "/api/patients/" + id + "/clearances/mental-health",
                        Map.of("decision", "cleared", "override", "seen in hospital yesterday, letter in the chart"))
                .expect(200);
        assertThat(overridden
                        .body()
                        .path("clearances")
                        .path(0)
                        .path("overridden")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void anEvaluationThatAdvisesAgainstIsNoBasis() {
        String id = clinic.refer();
        clinic.screen(id, Clinic.screening()).expect(200);
        var against = new LinkedHashMap<>(Clinic.mentalHealthExam());
        against.put("recommendation", "do-not-treat");
        String path = "/api/patients/" + id + "/evaluations/mental-health";
        var draft = clinic.therapist().put(path, against).expect(200);
        clinic.therapist().ifMatch(draft.version()).post(path + "/sign").expect(200);

        clinic.clear(clinic.therapist(), "mental-health", id).expect(422, "evaluation-advises-against");
    }

    @Test
    void ofTwoWhoSignAtOnceOneSignsAndTheOtherSeesWhy() throws Exception {
        String id = clinic.refer();
        String path = "/api/patients/" + id + "/evaluations/mental-health";
        var draft = clinic.therapist().put(path, Clinic.mentalHealthExam()).expect(200);
        Callable<Integer> therapist = () ->
                clinic.therapist().ifMatch(draft.version()).post(path + "/sign").status();
        Callable<Integer> prescriber = () -> clinic.prescriber()
                .ifMatch(draft.version())
                .post(path + "/sign")
                .status();

        try (var both = Executors.newFixedThreadPool(2)) {
            var answers = new ArrayList<Integer>();
            for (var answer : both.invokeAll(List.of(therapist, prescriber))) {
                answers.add(answer.get());
            }
            assertThat(answers).containsExactlyInAnyOrder(200, 412);
        }
    }

    @Test
    void aRevokedClearanceStopsEverythingWithItsReasonInTheAudit() {
        String id = clinic.clearedPatient();
        intake.awaitTypes("intake.patient-cleared.v1");
        intake.forget();
        String path = "/api/patients/" + id + "/clearances/";
        var why = Map.of("reason", "new information from the family");

        clinic.therapist()
                .ifMatch(clinic.version(id))
                .post(path + "medical/revoke", why)
                .expect(422, "revoke-by-prescriber");
        var revoked = clinic.therapist()
                .ifMatch(clinic.version(id))
                .post(path + "mental-health/revoke", why)
                .expect(200);

        assertThat(revoked.body().path("status").asString()).isEqualTo("screened");
        assertThat(intake.expectExactly("intake.clearance-lapsed.v1")
                        .getFirst()
                        .body(IntakeEvent.ClearanceLapsed.class)
                        .reason())
                .isEqualTo("revoked");
        clinic.therapist()
                .ifMatch(clinic.version(id))
                .post(path + "mental-health/revoke", why)
                .expect(409, "clearance-not-there");
    }

    @Test
    void drugsAreFoundByBeginningAndSuggestedButNeverGuessed() {
        var found = clinic.nurse().get("/api/drugs?q=lora").expect(200).body().path("items");
        assertThat(found.path(0).path("name").asString()).isEqualTo("loratadine");
        assertThat(found.path(1).path("name").asString()).isEqualTo("lorazepam");
        var understood = clinic.nurse()
                .get("/api/drugs/normalised?name=Lorazepan")
                .expect(200)
                .body();
        assertThat(understood.path("drug").path("known").asBoolean()).isFalse();
        assertThat(understood.path("suggestions").path(0).asString()).isEqualTo("lorazepam");
        assertThat(clinic.prescriber()
                        .get("/api/rules")
                        .expect(200)
                        .body()
                        .path("rules")
                        .size())
                .isGreaterThan(40);
    }

    private static Object call(Callable<Object> command) {
        try {
            return command.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
