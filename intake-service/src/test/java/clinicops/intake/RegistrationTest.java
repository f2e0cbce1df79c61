package clinicops.intake;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import clinicops.contracts.Topics;
import clinicops.outbox.OutboxStatus;
import clinicops.testing.EventProbe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.data.mongodb.core.MongoTemplate;

@ServiceTest(database = "intake")
class RegistrationTest {
    @Autowired
    ApplicationContext context;

    @Autowired
    MongoTemplate mongo;

    @Autowired
    OutboxStatus outbox;

    private Clinic clinic;

    @BeforeEach
    void open() {
        clinic = new Clinic(context);
    }

    @Test
    void beginsWithWhatTheReferralSaid() {
        String id = clinic.refer("family_name", "Okafor");

        var registration = clinic.frontDesk().get(path(id, "")).expect(200);

        assertThat(registration.version()).isZero();
        assertThat(registration.body().path("demographics").path("familyName").asString())
                .isEqualTo("Okafor");
        assertThat(states(registration)).containsEntry("contact", "partial").containsEntry("drugs", "missing");
    }

    @Test
    void isFilledSectionBySectionAndSaysWhoFilledWhat() {
        String id = clinic.refer();
        put(id, 0, "emergency-contact", Map.of("name", "Luis Núñez", "phone", "(212) 555-0188"))
                .expect(200);
        put(id, 1, "drugs", Map.of("drugs", List.of(Map.of("name", "sertraline", "dose", "50 mg"))))
                .expect(200);
        put(id, 2, "allergies", Map.of("allergies", List.of())).expect(200);
        put(id, 3, "therapist", Map.of("hasTherapist", false)).expect(200);
        put(id, 4, "history", Map.of("conditions", List.of(), "otherConditions", List.of("gout")))
                .expect(200);
        put(id, 5, "previous-treatments", Map.of("treatments", List.of())).expect(200);
        assertThat(missing(id)).contains("paperwork");
        var last = put(id, 6, "coverage", Map.of("cards", List.of())).expect(200);

        assertThat(states(last)).containsEntry("history", "partial").containsEntry("drugs", "complete");
        assertThat(last.body().path("emergencyContact").path("phone").asString())
                .isEqualTo("+12125550188");
        assertThat(last.body().path("sections").path(5).path("filledBy").asString())
                .isEqualTo("fred");
        assertThat(missing(id)).doesNotContain("paperwork");
    }

    @Test
    void ofTwoWhoFillAtOnceTheLaterSeesWhatChanged() {
        String id = clinic.refer();
        put(id, 0, "allergies", Map.of("allergies", List.of())).expect(200);

        put(id, 0, "drugs", Map.of("drugs", List.of())).expect(412);
        clinic.frontDesk().put(path(id, "/drugs"), Map.of("drugs", List.of())).expect(428);
    }

    @Test
    void correctedContactReachesTheOtherServicesAndTheSearch() {
        String id = clinic.refer("family_name", "Vance");
        try (var probe = EventProbe.on(Topics.INTAKE, Topics.CONTACT).settledWhen(() -> outbox.unsent() == 0)) {
            probe.forget();
            put(id, 0, "contact", contact("(646) 555-0177")).expect(200);

            probe.awaitType("intake.contact-preferences-changed.v1");
        }
        assertThat(found("646-555-0177")).contains(id);
        assertThat(found("5550177")).contains(id);
        put(id, 1, "demographics", demographics("Vance-Ito", "1979-12-03")).expect(200);
        assertThat(found("vance ito")).contains(id);
        assertThat(found("12/3/1979")).contains(id);
    }

    @Test
    void tellsBillingOfACardAndKeepsNoMemberId() {
        String id = clinic.refer();
        try (var probe = EventProbe.on(Topics.INTAKE).settledWhen(() -> outbox.unsent() == 0)) {
            probe.forget();
            var card = new LinkedHashMap<String, Object>(
                    Map.of("rank", 1, "payerName", "Blue Peak Health", "memberId", "XQZ-99817"));
            var answer = put(id, 0, "coverage", Map.of("cards", List.of(card))).expect(200);

            assertThat(probe.awaitType("intake.coverage-reported.v1").text()).contains("BLUE-PEAK-HEALTH");
            probe.forget();
            assertThat(answer.text()).contains("9817").doesNotContain("XQZ");

            card.remove("memberId");
            card.put("plan", "Gold");
            put(id, 1, "coverage", Map.of("cards", List.of(card))).expect(200);
            probe.expectSilence();
        }
        var stored = mongo.getCollection("registrations")
                .find(new Document("_id", id))
                .first();
        assertThat(stored).isNotNull();
        assertThat(stored.toJson()).doesNotContain("XQZ").doesNotContain("clinicops.");
    }

    @Test
    void refusesWhatCannotBe() {
        String id = clinic.refer();
        put(id, 0, "demographics", demographics("Ito", "2199-01-01")).expect(422, "in-the-future");
        put(id, 0, "contact", contact("12")).expect(422, "phone");
        put(id, 0, "therapist", Map.of("hasTherapist", true)).expect(422, "therapist-name-needed");
        var card = Map.of("rank", 1, "payerName", "ACME");
        put(id, 0, "coverage", Map.of("cards", List.of(card))).expect(422, "member-id-needed");
        put(id, 0, "history", Map.of("conditions", List.of("melancholy"), "otherConditions", List.of()))
                .expect(400);
        put("nobody", 0, "allergies", Map.of("allergies", List.of())).expect(404);
    }

    @Test
    void aPatientWhoCallsIsEnteredOnce() {
        var caller = new LinkedHashMap<String, Object>();
        caller.put("givenName", "Wilhelmina");
        caller.put("familyName", "Zabriskie");
        caller.put("birthDate", "1971-04-09");
        caller.put("sex", "female");
        caller.put("phone", "(646) 555-0123");
        caller.put("language", "en");
        caller.put("emailAllowed", false);
        caller.put("smsAllowed", true);
        caller.put("indication", "ptsd");
        caller.put("urgency", "urgent");

        var first = clinic.frontDesk()
                .with("Idempotency-Key", "call-1")
                .post("/api/patients", caller)
                .expect(201);
        var repeated = clinic.frontDesk()
                .with("Idempotency-Key", "call-1")
                .post("/api/patients", caller)
                .expect(201);

        assertThat(repeated.body().path("id")).isEqualTo(first.body().path("id"));
        String id = first.body().path("id").asString();
        org.awaitility.Awaitility.await()
                .untilAsserted(
                        () -> clinic.nurse().post("/api/patients", caller).expect(409, "probable-duplicate"));
        var candidates = clinic.frontDesk()
                .post(
                        "/api/duplicates/candidates",
                        Map.of(
                                "givenName",
                                "Wilhelmine",
                                "familyName",
                                "Zabriski",
                                "birthDate",
                                "1971-09-04",
                                "phone",
                                "646 555 0123"))
                .expect(200);
        assertThat(candidates
                        .body()
                        .path("items")
                        .path(0)
                        .path("patient")
                        .path("patientId")
                        .asString())
                .isEqualTo(id);
        caller.put("phone", "123");
        clinic.frontDesk().post("/api/patients", caller).expect(422, "phone");
        caller.put("phone", "(646) 555-0123");
        caller.put("confirmedNew", true);
        clinic.frontDesk().post("/api/patients", caller).expect(201);
    }

    private Answer put(String id, long version, String section, Object body) {
        return clinic.frontDesk().ifMatch(version).put(path(id, "/" + section), body);
    }

    private static String path(String id, String rest) {
        return "/api/patients/" + id + "/registration" + rest;
    }

    private List<String> found(String q) {
        return clinic.frontDesk()
                .get("/api/patients?q=" + java.net.URLEncoder.encode(q, java.nio.charset.StandardCharsets.UTF_8))
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .map(item -> item.path("id").asString())
                .toList();
    }

    private List<String> missing(String id) {
        return clinic.frontDesk()
                .get("/api/worklist?limit=200&q=" + "nunez")
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .filter(item -> item.path("patientId").asString().equals(id))
                .flatMap(item -> item.path("missing").valueStream())
                .map(code -> code.asString())
                .toList();
    }

    private static Map<String, String> states(Answer registration) {
        var states = new LinkedHashMap<String, String>();
        registration
                .body()
                .path("sections")
                .forEach(s ->
                        states.put(s.path("section").asString(), s.path("state").asString()));
        return states;
    }

    private static Map<String, Object> demographics(String familyName, String birthDate) {
        return Map.of(
                "givenName",
                "Ana",
                "familyName",
                familyName,
                "birthDate",
                birthDate,
                "sex",
                "female",
                "languages",
                List.of("es", "en"),
                "interpreterNeeded",
                false);
    }

    private static Map<String, Object> contact(String phone) {
        return Map.of(
                "phone", phone,
                "zone", "America/New_York",
                "language", "es",
                "emailAllowed", false,
                "smsAllowed", true,
                "voiceAllowed", true,
                "mailAllowed", false);
    }
}
