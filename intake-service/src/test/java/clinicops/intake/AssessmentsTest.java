package clinicops.intake;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ServiceTest(database = "intake")
class AssessmentsTest {
    @Autowired
    ApplicationContext context;

    private Clinic clinic;

    @BeforeEach
    void open() {
        clinic = new Clinic(context);
    }

    @Test
    void answersComeOneByOneAndAreScoredWhenAllAreThere() {
        String id = clinic.refer();
        var begun = start(id, "gad-7", "staff", null, Map.of("1", "3", "2", "2"), false)
                .expect(201);
        assertThat(begun.body().path("status").asString()).isEqualTo("partial");
        assertThat(begun.body().path("missing").size()).isEqualTo(5);
        String path = path(id, begun);

        clinic.nurse()
                .ifMatch(begun.version())
                .put(path, answers(Map.of(), true))
                .expect(422, "assessment-incomplete");
        var more = clinic.nurse()
                .ifMatch(begun.version())
                .put(path, answers(Map.of("2", "1", "3", "1", "4", "1", "5", "1", "6", "1", "7", "1"), false))
                .expect(200);
        clinic.nurse().put(path, answers(Map.of(), true)).expect(428);
        clinic.nurse()
                .ifMatch(begun.version())
                .put(path, answers(Map.of(), true))
                .expect(412);
        var done = clinic.therapist()
                .ifMatch(more.version())
                .put(path, answers(Map.of(), true))
                .expect(200);

        assertThat(done.body().path("status").asString()).isEqualTo("completed");
        var score = done.body().path("scores").path(0);
        assertThat(score.path("value").asInt()).isEqualTo(9);
        assertThat(score.path("band").asString()).isEqualTo("mild");
        clinic.nurse()
                .ifMatch(done.version())
                .put(path, answers(Map.of("1", "0"), true))
                .expect(409, "assessment-completed");
        assertThat(clinic.frontDesk().get(path).expect(200).body()).isEqualTo(done.body());
    }

    @Test
    void anAnswerCanBeTakenBackUntilThen() {
        String id = clinic.refer();
        var begun =
                start(id, "pain-nrs", "staff", null, Map.of("pain", "4"), false).expect(201);

        var after = clinic.nurse()
                .ifMatch(begun.version())
                .put(path(id, begun), answers(Map.of("pain", ""), false))
                .expect(200);

        assertThat(after.body().path("status").asString()).isEqualTo("required");
        assertThat(after.body().path("answers").isEmpty()).isTrue();
    }

    @Test
    void aThoughtOfDeathOpensTheScreenerThereAndThen() {
        String id = clinic.refer();

        var begun = start(id, "phq-9", "staff", null, Map.of("9", "1"), false).expect(201);

        var opened = begun.body().path("opened").path(0);
        assertThat(opened.path("instrument").asString()).isEqualTo("c-ssrs");
        assertThat(begun.body().path("crisisLines").path(0).asString()).isEqualTo("988");
        assertThat(begun.body().path("safetyAlertId").isNull()).isTrue();
        String screener = "/api/patients/" + id + "/assessments/"
                + opened.path("assessmentId").asString();
        var waiting = clinic.nurse().get(screener).expect(200);
        assertThat(waiting.body().path("status").asString()).isEqualTo("required");
        assertThat(waiting.body().path("requiredBy").asString())
                .isEqualTo(begun.body().path("id").asString());

        var high = clinic.nurse()
                .ifMatch(waiting.version())
                .put(screener, answers(Map.of("q2", "yes", "q4", "yes"), false))
                .expect(200);
        String alert = high.body().path("safetyAlertId").asString();
        var again = clinic.nurse()
                .ifMatch(high.version())
                .put(screener, answers(Map.of("q1", "yes", "q3", "no", "q5", "yes", "q6", "no"), true))
                .expect(200);

        assertThat(again.body().path("safetyAlertId").asString()).isEqualTo(alert);
        assertThat(again.body().path("scores").path(0).path("band").asString()).isEqualTo("high");
        assertThat(clinic.nurse()
                        .get("/api/safety-alerts?open=true&limit=200")
                        .expect(200)
                        .text())
                .containsOnlyOnce(alert);
    }

    @Test
    void byLinkItRaisesTheAlertAtOnceBecauseNobodyIsThere() {
        String id = clinic.refer();

        var begun = start(id, "phq-9", "link", null, Map.of("9", "2"), false).expect(201);

        String alert = begun.body().path("safetyAlertId").asString();
        var alerts =
                clinic.nurse().get("/api/safety-alerts?open=true&limit=200").expect(200);
        assertThat(alerts.body().path("items").valueStream().filter(a -> a.path("id")
                        .asString()
                        .equals(alert)))
                .singleElement()
                .satisfies(a -> {
                    assertThat(a.path("reason").asString()).isEqualTo("phq-9-item-9");
                    assertThat(a.path("raisedThrough").asString()).isEqualTo("link");
                });
    }

    @Test
    void aPositiveShortAlcoholScreenOpensTheLongOne() {
        String id = clinic.refer("sex", "female");

        var done = start(id, "audit-c", "staff", null, Map.of("1", "1", "2", "1", "3", "1"), true)
                .expect(201);

        assertThat(done.body().path("opened").path(0).path("instrument").asString())
                .isEqualTo("audit");
        var begun = start(id, "audit", "staff", null, Map.of("1", "1"), false).expect(201);
        assertThat(begun.body().path("id").asString())
                .describedAs("what waits for answers is gone on with")
                .isEqualTo(
                        done.body().path("opened").path(0).path("assessmentId").asString());
    }

    @Test
    void eachScaleHasItsTrend() {
        String id = clinic.refer();
        for (String pain : List.of("8", "5", "3")) {
            start(id, "pain-nrs", "session", "session-1", Map.of("pain", pain), true)
                    .expect(201);
        }
        start(id, "gad-7", "staff", null, Map.of("1", "3"), false).expect(201);

        var all = clinic.therapist()
                .get("/api/patients/" + id + "/assessments")
                .expect(200)
                .body();
        var pain = clinic.therapist()
                .get("/api/patients/" + id + "/assessments?instrument=pain-nrs")
                .expect(200)
                .body();

        assertThat(all.path("items").size()).isEqualTo(4);
        assertThat(pain.path("items").size()).isEqualTo(3);
        assertThat(pain.path("trend").size()).isOne();
        assertThat(pain.path("trend").path(0).path("points").valueStream().map(p -> p.path("value")
                        .asInt()))
                .containsExactly(8, 5, 3);
    }

    @Test
    void aScreeningsAnswersAreAssessmentsToo() {
        String id = clinic.refer();
        clinic.screen(id, Clinic.highRisk()).expect(200);

        var items = clinic.nurse()
                .get("/api/patients/" + id + "/assessments")
                .expect(200)
                .body()
                .path("items");

        assertThat(items.valueStream()
                        .map(a -> a.path("instrument").asString() + " "
                                + a.path("status").asString()))
                .containsExactly("phq-9 completed", "c-ssrs completed");
        assertThat(items.path(1).path("safetyAlertId").isNull()).isFalse();
    }

    @Test
    void whatIsNoAnswerIsRefusedAndNothingIsKept() {
        String id = clinic.refer();

        refused(id, start(id, "phq-11", "staff", null, Map.of(), false), "instrument-unknown", "instrument");
        refused(id, start(id, "phq-9", "staff", null, Map.of("1", "4"), false), "answer-unknown", "answers.1");
        refused(id, start(id, "phq-9", "staff", null, Map.of("10", "1"), false), "item-unknown", "answers.10");
        refused(id, start(id, "phq-9", "staff", null, Map.of("1", "1"), true), "assessment-incomplete", "answers.2");
        refused(id, start(id, "cadss-6", "session", null, Map.of("1", "1"), false), "session-id", "sessionId");
        refused(id, start(id, "phq-9", "import", null, Map.of("1", "1"), false), "mode", "mode");
        refused(
                id,
                start(id, "c-ssrs", "staff", null, Map.of("q2", "no", "q5", "yes"), false),
                "answer-contradiction",
                "answers.q5");
        clinic.nurse().post("/api/patients/" + id + "/assessments", """
                        {"instrument": "phq-9", "mode": "staff", "answers": {"1": "1", "1": "2"}, "complete": false}""").expect(400);
        clinic.nurse().post("/api/patients/nobody/assessments", start("phq-9")).expect(404);
        clinic.frontDesk()
                .post("/api/patients/" + id + "/assessments", start("phq-9"))
                .expect(403);
    }

    @Test
    void theSameCommandSentTwiceHasOneEffect() {
        String id = clinic.refer();
        String key = Clinic.nextKey();

        var first = clinic.nurse()
                .with("Idempotency-Key", key)
                .post("/api/patients/" + id + "/assessments", start("gad-7"));
        var second = clinic.nurse()
                .with("Idempotency-Key", key)
                .post("/api/patients/" + id + "/assessments", start("gad-7"));

        assertThat(second.body()).isEqualTo(first.expect(201).body());
    }

    @Test
    void aDefinitionSaysAllThatIsNeededToAskAndScore() {
        var phq9 = clinic.frontDesk().get("/api/instruments/phq-9").expect(200).body();

        assertThat(phq9.path("items").size()).isEqualTo(9);
        assertThat(phq9.path("items")
                        .path(0)
                        .path("choices")
                        .path(3)
                        .path("text")
                        .path("es")
                        .asString())
                .isEqualTo("Casi todos los días");
        assertThat(phq9.path("scales").path(0).path("most").asInt()).isEqualTo(27);
        assertThat(phq9.path("opens").path(0).asString()).isEqualTo("c-ssrs");
        assertThat(clinic.nurse()
                        .get("/api/instruments")
                        .expect(200)
                        .body()
                        .path("instruments")
                        .size())
                .isEqualTo(14);
        clinic.nurse().get("/api/instruments/phq-9?version=0").expect(404);
    }

    @Test
    void everyInstrumentIsAQuestionnaireAndItsAnswersComeBackAsTheyWent() {
        String id = clinic.refer();
        var done = start(id, "dast-10", "staff", null, dast(), true).expect(201);

        var sent =
                clinic.nurse().get(path(id, done) + "/questionnaire-response").expect(200);
        assertThat(sent.body().path("questionnaire").asString()).isEqualTo("urn:clinicops:instrument:dast-10|1");
        var back = fhir(id, sent.text()).expect(201);

        assertThat(back.body().path("mode").asString()).isEqualTo("import");
        assertThat(back.body().path("answers")).isEqualTo(done.body().path("answers"));
        assertThat(back.body().path("scores")).isEqualTo(done.body().path("scores"));
        for (JsonNode line :
                clinic.nurse().get("/api/instruments").expect(200).body().path("instruments")) {
            var form = clinic.nurse()
                    .get("/api/instruments/" + line.path("id").asString() + "/questionnaire")
                    .expect(200);
            assertThat(form.headers().firstValue("Content-Type").orElse("")).contains("application/fhir+json");
            assertThat(form.body().path("item").size())
                    .isEqualTo(line.path("items").asInt());
        }
    }

    @Test
    void aResponseByLoincIsScored() {
        String id = clinic.refer();

        var taken = fhir(id, loincPhq9(id, "completed")).expect(201).body();

        assertThat(taken.path("instrument").asString()).isEqualTo("phq-9");
        assertThat(taken.path("scores").path(0).path("value").asInt()).isEqualTo(10);
        assertThat(taken.path("completedAt").asString()).isEqualTo("2026-02-20T15:00:00Z");
    }

    @Test
    void aResponseThatCantBeReadIsRefusedWithTheReason() {
        String id = clinic.refer();
        String sound = loincPhq9(id, "completed");

        refused(id, fhir(id, sound.replace("44249-1", "99999-9")), "questionnaire-unknown", "questionnaire");
        refused(id, fhir(id, sound.replace(id, "somebody-else")), "subject", "subject.reference");
        refused(id, fhir(id, sound.replace("LA6569-3", "LA1-1")), "answer-unknown", "item[0].answer[0]");
        refused(id, fhir(id, sound.replace("/44255-8", "/44250-9")), "item-repeated", "item[1]");
        refused(id, fhir(id, sound.replace("/44255-8", "/99")), "item-unknown", "item[1].linkId");
        refused(id, fhir(id, loincPhq9(id, "entered-in-error")), "questionnaire-status", "status");
        refused(id, fhir(id, "{\"resourceType\": \"Patient\"}"), "fhir", "");
        fhir(id, "{").expect(400);
    }

    private Answer start(
            String patientId,
            String instrument,
            String mode,
            @Nullable String sessionId,
            Map<String, String> answers,
            boolean complete) {
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("instrument", instrument);
        body.put("mode", mode);
        body.put("sessionId", sessionId);
        body.put("answers", answers);
        body.put("complete", complete);
        return clinic.nurse().post("/api/patients/" + patientId + "/assessments", body);
    }

    private static Map<String, Object> start(String instrument) {
        return Map.of("instrument", instrument, "mode", "staff", "answers", Map.of(), "complete", false);
    }

    private static Map<String, Object> answers(Map<String, String> answers, boolean complete) {
        return Map.of("answers", answers, "complete", complete);
    }

    private static String path(String patientId, Answer assessment) {
        return "/api/patients/" + patientId + "/assessments/"
                + assessment.body().path("id").asString();
    }

    private void refused(String patientId, Answer answer, String rule, String field) {
        assertThat(answer.expect(422, rule).field()).isEqualTo(field);
        assertThat(clinic.nurse()
                        .get("/api/patients/" + patientId + "/assessments")
                        .expect(200)
                        .body()
                        .path("items")
                        .size())
                .isZero();
    }

    private Answer fhir(String patientId, String body) {
        return clinic.nurse().postText("/api/patients/" + patientId + "/assessments", "application/fhir+json", body);
    }

    private static Map<String, String> dast() {
        var answers = new LinkedHashMap<String, String>();
        for (int i = 1; i <= 10; i++) {
            answers.put(String.valueOf(i), i == 3 ? "no" : "yes");
        }
        return answers;
    }

    /** As a system sends it that knows LOINC only: 1 1 2 2 1 1 1 1 0. */
    private static String loincPhq9(String patientId, String status) {
        String[] items = {
            "44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8"
        };
        String[] codes = {
            "LA6569-3", "LA6569-3", "LA6570-1", "LA6570-1", "LA6569-3", "LA6569-3", "LA6569-3", "LA6569-3", "LA6568-5"
        };
        var json = JsonMapper.shared().createObjectNode();
        json.put("resourceType", "QuestionnaireResponse")
                .put("questionnaire", "http://loinc.org/q/44249-1")
                .put("status", status)
                .put("authored", "2026-02-20T10:00:00-05:00");
        json.putObject("subject").put("reference", "Patient/" + patientId);
        var list = json.putArray("item");
        for (int i = 0; i < items.length; i++) {
            list.addObject()
                    .put("linkId", "/" + items[i])
                    .putArray("answer")
                    .addObject()
                    .putObject("valueCoding")
                    .put("system", "http://loinc.org")
                    .put("code", codes[i]);
        }
        return json.toString();
    }
}
