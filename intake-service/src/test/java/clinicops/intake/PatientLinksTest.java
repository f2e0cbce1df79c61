package clinicops.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinicops.chassis.Role;
import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import clinicops.chassis.testing.TestTokens;
import clinicops.contracts.Topics;
import clinicops.testing.EventProbe;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** A patient at the patients' door, with the token that the front door makes for a link; and what must not open it. */
@ServiceTest(database = "intake")
class PatientLinksTest {
    private static final List<String> SECTIONS = List.of(
            "demographics",
            "contact",
            "emergency-contact",
            "therapist",
            "history",
            "drugs",
            "allergies",
            "previous-treatments",
            "coverage");

    @Autowired
    ApplicationContext context;

    private Clinic clinic;

    @BeforeEach
    void somebodyIsOnCall() {
        clinic = new Clinic(context);
        onCall(true);
    }

    private void onCall(boolean somebody) {
        var admin = ServiceDoor.of(context).as("ada", Role.ADMIN);
        long version = admin.get("/api/on-call").expect(200).version();
        var roster = somebody
                ? "{\"standing\":{\"person\":\"Dr. Okafor\",\"phone\":\"+12125550199\"},\"shifts\":[]}"
                : "{\"standing\":null,\"shifts\":[]}";
        (version == 0 ? admin : admin.ifMatch(version))
                .put("/api/on-call", roster)
                .expect(200);
    }

    private Answer ask(String patientId, Map<String, Object> what) {
        return clinic.frontDesk().post("/api/patients/" + patientId + "/links", what);
    }

    private JsonNode paperwork(String patientId) {
        return ask(patientId, Map.of("purpose", "paperwork")).expect(201).body();
    }

    private JsonNode questions(String patientId, String instrument) {
        return ask(patientId, Map.of("purpose", "assessment", "instrument", instrument))
                .expect(201)
                .body();
    }

    /** The patient, with what the front door would have made of the link. */
    private ServiceDoor patient(JsonNode link) {
        return patient(link, claims -> {});
    }

    private ServiceDoor patient(JsonNode link, Consumer<JWTClaimsSet.Builder> changes) {
        return ServiceDoor.of(context).with("Authorization", TestTokens.bearer("patient", "patient", claims -> {
            claims.claim("scope", link.path("purpose").asString())
                    .claim("patient_id", link.path("patientId").asString())
                    .claim("link_id", link.path("id").asString())
                    .claim("resource", link.path("assessmentId").asString("registration"));
            changes.accept(claims);
        }));
    }

    private Answer fill(ServiceDoor patient, String section, Object body) {
        return patient.ifMatch(patient.get("/patient/registration").expect(200).version())
                .put("/patient/registration/" + section, body);
    }

    private static Answer answer(ServiceDoor patient, JsonNode of, Map<String, String> answers, boolean complete) {
        return patient.ifMatch(of.path("version").asLong())
                .put(
                        "/patient/assessments/" + of.path("id").asString(),
                        Map.of("answers", answers, "complete", complete));
    }

    private static JsonNode asked(ServiceDoor patient, int which) {
        return patient.get("/patient/assessments")
                .expect(200)
                .body()
                .path("items")
                .path(which);
    }

    private static List<String> texts(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(item -> item.path(field).asString())
                .toList();
    }

    private static @Nullable JsonNode link(Answer list, String id) {
        return StreamSupport.stream(list.body().path("items").spliterator(), false)
                .filter(link -> link.path("id").asString().equals(id))
                .findFirst()
                .orElse(null);
    }

    private String status(String patientId, JsonNode link) {
        var found = link(
                clinic.frontDesk().get("/api/patients/" + patientId + "/links").expect(200),
                link.path("id").asString());
        return found == null ? "none" : found.path("status").asString();
    }

    @Test
    void aPatientFillsThePaperworkPartByPartLeavesAndGoesOn() {
        String ana = clinic.refer();
        JsonNode link = paperwork(ana);
        var patient = patient(link);
        var visit = patient.get("/patient/visit").expect(200);
        assertThat(visit.body().path("givenName").asString()).isEqualTo("Ana");
        assertThat(visit.body().path("purpose").asString()).isEqualTo("paperwork");
        assertThat(visit.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(status(ana, link)).isEqualTo("opened");

        fill(
                        patient,
                        "emergency-contact",
                        Map.of("name", "Luis Núñez", "relationship", "hermano", "phone", "(212) 555-0177"))
                .expect(200);
        fill(patient, "therapist", Map.of("hasTherapist", false)).expect(200);
        patient.post("/patient/finish").expect(409, "still-open");

        // another day, with a new token for the same link
        var again = patient(link);
        var kept = again.get("/patient/registration").expect(200).body();
        assertThat(kept.path("emergencyContact").path("phone").asString()).isEqualTo("+12125550177");
        fill(again, "history", Map.of("conditions", List.of(), "otherConditions", List.of(), "pregnancy", "no"))
                .expect(200);
        fill(again, "drugs", Map.of("drugs", List.of(Map.of("name", "sertraline", "dose", "50 mg"))))
                .expect(200);
        fill(again, "allergies", Map.of("allergies", List.of())).expect(200);
        fill(again, "previous-treatments", Map.of("treatments", List.of())).expect(200);
        fill(again, "coverage", Map.of("cards", List.of())).expect(200);
        var done = again.post("/patient/finish").expect(200);

        assertThat(done.body().path("finishedAt").asString()).isNotEmpty();
        assertThat(status(ana, link)).isEqualTo("finished");
        var staffSee = clinic.nurse()
                .get("/api/patients/" + ana + "/registration")
                .expect(200)
                .body();
        assertThat(staffSee.path("sections"))
                .anySatisfy(section ->
                        assertThat(section.path("filledBy").asString()).isEqualTo("patient"));
        again.get("/patient/visit").expect(200);
        fill(again, "allergies", Map.of("allergies", List.of())).expect(409, "link-over");
    }

    @Test
    void whatStaffFilledInIsShownButNotWho() {
        String ana = clinic.refer();
        clinic.nurse()
                .put("/api/patients/" + ana + "/registration/allergies", Map.of("allergies", List.of()))
                .expect(200);
        var seen = patient(paperwork(ana)).get("/patient/registration").expect(200);
        assertThat(seen.text()).doesNotContain("nora").contains("\"clinic\"");
    }

    @Test
    void badPaperworkIsRefusedAndNothingIsLost() {
        String ana = clinic.refer();
        var patient = patient(paperwork(ana));
        fill(patient, "therapist", Map.of("hasTherapist", false)).expect(200);
        fill(patient, "emergency-contact", Map.of("name", "", "phone", "1")).expect(400);
        fill(patient, "emergency-contact", Map.of("name", "Luis", "phone", "12"))
                .expect(422, "phone");
        fill(patient, "drugs", Map.of("drugs", List.of(Map.of("name", "x", "unknown", 1))))
                .expect(400);
        patient.put("/patient/registration/drugs", Map.of("drugs", List.of())).expect(428);
        patient.ifMatch(99)
                .put("/patient/registration/drugs", Map.of("drugs", List.of()))
                .expect(412);
        patient.put("/patient/registration/elsewhere", Map.of()).expect(404);
        assertThat(patient.get("/patient/registration")
                        .expect(200)
                        .body()
                        .path("therapist")
                        .path("hasTherapist")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void item9AsksTheSuicideScreenerThereAndThenAndHighRiskRaisesTheAlertAndTelephones() {
        String ana = clinic.refer();
        JsonNode link = questions(ana, "phq-9");
        var patient = patient(link);
        JsonNode phq9 = asked(patient, 0);
        assertThat(phq9.path("items")).hasSize(9);
        assertThat(phq9.path("items").path(8).path("text").path("es").asString())
                .contains("lastimarse");
        assertThat(phq9.has("scores")).isFalse();

        var partial = answer(patient, phq9, Map.of("1", "2", "2", "1"), false).expect(200);
        assertThat(partial.body().path("status").asString()).isEqualTo("partial");
        assertThat(partial.body().path("crisisLines")).isEmpty();
        var danger = answer(patient, partial.body(), Map.of("9", "1"), false).expect(200);
        assertThat(danger.body().path("crisisLines").toString()).contains("988");
        assertThat(danger.body().path("opened")).hasSize(1);

        var complete = answer(
                        patient,
                        danger.body(),
                        Map.of("3", "1", "4", "1", "5", "0", "6", "1", "7", "0", "8", "0"),
                        true)
                .expect(200);
        assertThat(complete.body().path("status").asString()).isEqualTo("completed");
        assertThat(status(ana, link)).isEqualTo("opened");

        JsonNode screener = asked(patient, 1);
        assertThat(screener.path("instrument").asString()).isEqualTo("c-ssrs");
        var high = answer(patient, screener, Map.of("q1", "yes", "q2", "yes", "q3", "yes", "q4", "yes"), false)
                .expect(200);
        assertThat(high.body().path("crisisLines").toString()).contains("988");
        await().untilAsserted(() -> {
            var alerts = clinic.nurse()
                    .get("/api/safety-alerts?open=true&patientId=" + ana)
                    .expect(200)
                    .body()
                    .path("items");
            assertThat(alerts).singleElement().satisfies(alert -> {
                assertThat(texts(alert.path("triggers"), "reason")).containsExactly("phq-9-item-9", "c-ssrs-high");
                assertThat(alert.path("reason").asString()).isEqualTo("c-ssrs-high");
                assertThat(alert.path("raisedThrough").asString()).isEqualTo("link");
                assertThat(alert.path("calls").path(0).path("person").asString())
                        .isEqualTo("Dr. Okafor");
            });
        });
        answer(patient, high.body(), Map.of("q5", "no", "q6", "no"), true).expect(200);
        assertThat(status(ana, link)).isEqualTo("finished");
        answer(patient, complete.body(), Map.of("1", "0"), false).expect(409, "link-over");
        assertThat(patient.get("/patient/assessments").expect(200).text()).doesNotContain("band", "score");
    }

    @Test
    void badAnswersAreRefused() {
        String ana = clinic.refer();
        var patient = patient(questions(ana, "phq-9"));
        JsonNode phq9 = asked(patient, 0);
        answer(patient, phq9, Map.of("10", "1"), false).expect(422, "item-unknown");
        answer(patient, phq9, Map.of("1", "4"), false).expect(422, "answer-unknown");
        answer(patient, phq9, Map.of("1", "1"), true).expect(422, "assessment-incomplete");
        patient.put(
                        "/patient/assessments/" + phq9.path("id").asString(),
                        Map.of("answers", Map.of(), "complete", false))
                .expect(428);
        assertThat(asked(patient, 0).path("answers")).isEmpty();
    }

    @Test
    void nothingAboutSuicideIsAskedWhileNobodyIsOnCall() {
        String ana = clinic.refer();
        onCall(false);
        ask(ana, Map.of("purpose", "assessment", "instrument", "phq-9")).expect(422, "nobody-on-call");
        ask(ana, Map.of("purpose", "assessment", "instrument", "c-ssrs")).expect(422, "nobody-on-call");
        ask(ana, Map.of("purpose", "assessment", "instrument", "gad-7")).expect(201);
        paperwork(ana);
        assertThat(texts(
                        clinic.frontDesk()
                                .get("/api/patients/" + ana + "/links")
                                .expect(200)
                                .body()
                                .path("items"),
                        "purpose"))
                .containsExactly("paperwork", "assessment");
    }

    @Test
    void aLinkIsOnlySentToWhoCanBeReachedForWhatPatientsMayFillIn() {
        String silent = clinic.refer("email_ok", "no", "sms_ok", "no");
        ask(silent, Map.of("purpose", "paperwork")).expect(422, "no-channel");
        String ana = clinic.refer();
        ask(ana, Map.of("purpose", "assessment")).expect(422, "instrument");
        ask(ana, Map.of("purpose", "assessment", "instrument", "madrs")).expect(422, "instrument");
        ask(ana, Map.of("purpose", "assessment", "instrument", "horoscope")).expect(422, "instrument-unknown");
        ask(ana, Map.of("purpose", "chat")).expect(400);
        ask("00000000-0000-7000-8000-000000000000", Map.of("purpose", "paperwork"))
                .expect(404);
        clinic.biller()
                .post("/api/patients/" + ana + "/links", Map.of("purpose", "paperwork"))
                .expect(403);
    }

    @Test
    void aNewerLinkTakesThePlaceOfTheOlderAndGoesOnWithItsAnswers() {
        String ana = clinic.refer();
        JsonNode first = questions(ana, "gad-7");
        answer(patient(first), asked(patient(first), 0), Map.of("1", "2"), false)
                .expect(200);
        JsonNode second = questions(ana, "gad-7");

        assertThat(status(ana, first)).isEqualTo("revoked");
        patient(first).get("/patient/visit").expect(409, "link-over");
        assertThat(asked(patient(second), 0).path("answers").path("1").asString())
                .isEqualTo("2");
    }

    @Test
    void aLinkThatIsAskedForTwiceIsSentOnce() {
        String ana = clinic.refer();
        var door = clinic.frontDesk().with("Idempotency-Key", "link-for-" + ana);
        String path = "/api/patients/" + ana + "/links";
        String first = door.post(path, Map.of("purpose", "paperwork"))
                .expect(201)
                .body()
                .path("id")
                .asString();
        assertThat(door.post(path, Map.of("purpose", "paperwork"))
                        .expect(201)
                        .body()
                        .path("id")
                        .asString())
                .isEqualTo(first);
    }

    @Test
    void aLinkThatIsTakenBackIsShutAtOnce() {
        String ana = clinic.refer();
        JsonNode link = paperwork(ana);
        var patient = patient(link);
        patient.get("/patient/visit").expect(200);
        String path = "/api/patients/" + ana + "/links/" + link.path("id").asString() + "/revoke";
        clinic.nurse().post(path, Map.of("reason", "sent to a former address")).expect(200);

        patient.get("/patient/visit").expect(409, "link-over");
        patient.get("/patient/registration").expect(409, "link-over");
        patient.put("/patient/registration/drugs", Map.of("drugs", List.of())).expect(409, "link-over");
        patient.post("/patient/finish").expect(409, "link-over");
        clinic.nurse().post(path, Map.of()).expect(409, "link-over");
        clinic.nurse()
                .post(
                        "/api/patients/" + clinic.refer() + "/links/"
                                + link.path("id").asString() + "/revoke",
                        Map.of())
                .expect(404);
    }

    @Test
    void theTokenOpensOnlyWhatItsLinkIsFor() {
        String ana = clinic.refer();
        String paul = clinic.refer("given_name", "Paul");
        JsonNode paperwork = paperwork(ana);
        JsonNode questions = questions(ana, "gad-7");
        JsonNode pauls = questions(paul, "gad-7");
        JsonNode others = questions(ana, "pcl-5");

        // another purpose
        patient(paperwork).get("/patient/assessments").expect(403, "role");
        patient(questions).get("/patient/registration").expect(403, "role");
        patient(questions)
                .put("/patient/registration/drugs", Map.of("drugs", List.of()))
                .expect(403, "role");
        patient(questions).post("/patient/finish").expect(403, "role");
        patient(paperwork, claims -> claims.claim("scope", "assessment"))
                .get("/patient/assessments")
                .expect(404);
        // another resource, of this patient or of another
        for (JsonNode other : List.of(others, pauls)) {
            patient(questions)
                    .get("/patient/assessments/" + other.path("assessmentId").asString())
                    .expect(404);
            patient(questions)
                    .ifMatch(1)
                    .put(
                            "/patient/assessments/" + other.path("assessmentId").asString(),
                            Map.of("answers", Map.of("1", "1"), "complete", false))
                    .expect(404);
            patient(
                            questions,
                            claims -> claims.claim(
                                    "resource", other.path("assessmentId").asString()))
                    .get("/patient/assessments")
                    .expect(404);
        }
        // another patient
        patient(questions, claims -> claims.claim("patient_id", paul))
                .get("/patient/visit")
                .expect(404);
        patient(questions, claims -> claims.claim("patient_id", null))
                .get("/patient/visit")
                .expect(404);
        patient(questions, claims -> claims.claim("link_id", null))
                .get("/patient/visit")
                .expect(404);
        // no token of the front door for here and now
        patient(questions, claims -> claims.audience("intake"))
                .get("/patient/visit")
                .expect(401, "invalid-token");
        patient(questions, claims -> claims.issuer("http://evil.example"))
                .get("/patient/visit")
                .expect(401, "invalid-token");
        patient(
                        questions,
                        claims -> claims.expirationTime(Date.from(Instant.now().minus(Duration.ofMinutes(2)))))
                .get("/patient/visit")
                .expect(401, "invalid-token");
        clinic.nurse().get("/patient/visit").expect(401, "invalid-token");
        ServiceDoor.of(context).get("/patient/visit").expect(401, "token-required");
        patient(questions).get("/api/patients/" + ana).expect(401, "invalid-token");
    }

    @Test
    void whatIsDoneByALinkIsRememberedAsThePatients() {
        String ana = clinic.refer();
        JsonNode link = paperwork(ana);
        fill(patient(link), "allergies", Map.of("allergies", List.of())).expect(200);
        String foreign = "00000000-0000-7000-8000-000000000000";
        patient(questions(ana, "gad-7")).get("/patient/assessments/" + foreign).expect(404);

        var auditor = ServiceDoor.of(context).as("otto", Role.AUDITOR);
        var rows = auditor.get("/api/audit?limit=200&patientId=" + ana)
                .expect(200)
                .body()
                .path("items");
        assertThat(rows).anySatisfy(row -> {
            assertThat(row.path("what").asString()).isEqualTo("fill-allergies");
            assertThat(row.path("who").asString()).isEqualTo("patient");
        });
        assertThat(texts(rows, "what")).contains("request-link", "open-link", "read-registration", "fill-allergies");
    }

    @Test
    void tellsTheOthersOfALinkWithoutAnythingThatOpensIt() {
        try (var probe = EventProbe.on(Topics.INTAKE)) {
            String ana = clinic.refer();
            JsonNode link = questions(ana, "gad-7");
            answer(
                            patient(link),
                            asked(patient(link), 0),
                            Map.of("1", "0", "2", "0", "3", "0", "4", "0", "5", "0", "6", "0", "7", "0"),
                            true)
                    .expect(200);
            var told = probe.awaitType("intake.link-finished.v1");
            assertThat(told.body().path("linkId").asString())
                    .isEqualTo(link.path("id").asString());
            assertThat(told.key()).isEqualTo(ana);
        }
    }

    @Test
    void everySectionOfARegistrationCanBeFilledByTheLink() {
        var rows = context.getBean(clinicops.chassis.SideDoor.class).rows().stream()
                .map(clinicops.chassis.SideDoor.Row::pattern)
                .toList();
        assertThat(SECTIONS).allSatisfy(section -> assertThat(rows).contains("/patient/registration/" + section));
    }
}
