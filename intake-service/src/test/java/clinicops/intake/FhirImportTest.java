package clinicops.intake;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.Role;
import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import clinicops.contracts.Topics;
import clinicops.outbox.OutboxStatus;
import clinicops.testing.EventProbe;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.data.mongodb.core.MongoTemplate;
import tools.jackson.databind.JsonNode;

/** A Bundle and a CSV are two ways to say the same. */
@ServiceTest(database = "intake")
class FhirImportTest {
    private static final String FHIR = "application/fhir+json";

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

    private Answer importBundle(String bundle) {
        return clinic.frontDesk().postText("/api/referrals/import", FHIR, bundle);
    }

    private JsonNode patient(JsonNode report, int index) {
        return clinic.frontDesk()
                .get("/api/patients/"
                        + report.path("patients").path(index).path("patientId").asString())
                .expect(200)
                .body();
    }

    /** The example of the documentation, under keys of its own. */
    private static String example(String key) throws IOException {
        return Files.readString(Path.of("..", "docs", "examples", "referrals.fhir.json"))
                .replace("LS-", key + "-");
    }

    /** What {@link Clinic#row} says, as FHIR. */
    private static String sound(String key) {
        return """
                {"fullUrl":"urn:clinic:%1$s","resource":{"resourceType":"Patient",
                  "identifier":[{"system":"gp","value":"%1$s"}],
                  "name":[{"family":"Núñez","given":["Ana"]}],"gender":"female","birthDate":"1985-06-01",
                  "telecom":[
                    {"system":"email","value":"ana@example.org","extension":[{"url":"urn:clinicops:fhir:may-contact","valueBoolean":true}]},
                    {"system":"phone","value":"(212) 555-0123","extension":[{"url":"urn:clinicops:fhir:may-contact","valueBoolean":true}]}],
                  "address":[{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/timezone","valueCode":"America/New_York"}]}],
                  "communication":[{"language":{"coding":[{"system":"urn:ietf:bcp:47","code":"es"}]}}]}},
                {"fullUrl":"urn:condition:%1$s","resource":{"resourceType":"Condition","subject":{"reference":"urn:clinic:%1$s"},
                  "code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"F33.1"}]}}},
                {"fullUrl":"urn:coverage:%1$s","resource":{"resourceType":"Coverage","status":"active",
                  "beneficiary":{"reference":"urn:clinic:%1$s"},"payor":[{"identifier":{"value":"ACME"}}],"subscriberId":"M-77",
                  "class":[{"type":{"coding":[{"code":"plan"}]},"value":"Gold"}]}},
                {"fullUrl":"urn:request:%1$s","resource":{"resourceType":"ServiceRequest","status":"active","intent":"order",
                  "subject":{"reference":"urn:clinic:%1$s"},"priority":"routine","authoredOn":"2026-02-27"}}""".formatted(key);
    }

    private static String bundle(String... entries) {
        return "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[" + String.join(",", entries) + "]}";
    }

    @Test
    void loadsTheExampleOfTheDocumentation() throws IOException {
        var report = importBundle(example(Clinic.nextKey())).expect(200).body();

        assertThat(report.path("loaded").asInt()).isEqualTo(2);
        assertThat(report.path("rejected")).isEmpty();
        assertThat(report.path("patients").valueStream().map(p -> p.path("line").asInt()))
                .containsExactly(0, 6);
        var ana = patient(report, 0);
        assertThat(ana.path("givenName").asString()).isEqualTo("Ana María");
        assertThat(ana.path("referral").path("indication").asString()).isEqualTo("depression");
        assertThat(ana.path("referral").path("urgency").asString()).isEqualTo("urgent");
        assertThat(ana.path("coverage").path("payerCode").asString()).isEqualTo("ACME");
        assertThat(patient(report, 1).path("coverage").isNull()).isTrue();
    }

    @Test
    void aPatientIsTheSameWhicheverWayTheyWereSent() {
        var byCsv = clinic.importCsv(Clinic.HEADER + "\n" + Clinic.row(Clinic.nextKey()) + "\n")
                .expect(200)
                .body();
        var byFhir = importBundle(bundle(sound(Clinic.nextKey()))).expect(200).body();

        assertThat(told(patient(byFhir, 0))).isEqualTo(told(patient(byCsv, 0)));
    }

    /** Without what differs between any two patients. */
    private static String told(JsonNode patient) {
        var copy = (tools.jackson.databind.node.ObjectNode) patient.deepCopy();
        copy.remove("id");
        var referral = (tools.jackson.databind.node.ObjectNode) copy.path("referral");
        referral.remove("id");
        referral.remove("importKey");
        referral.remove("receivedAt");
        return copy.toString();
    }

    @Test
    void theKeyIsOneForBothWaysAndARepetitionTellsNothing() {
        String key = Clinic.nextKey();
        var first = clinic.importCsv(Clinic.HEADER + "\n" + Clinic.row(key) + "\n")
                .expect(200)
                .body();
        try (var probe = EventProbe.on(Topics.INTAKE, Topics.CONTACT).settledWhen(() -> outbox.unsent() == 0)) {
            probe.forget();

            var again = importBundle(bundle(sound(key))).expect(200).body();
            var oncemore = clinic.frontDesk()
                    .postText("/api/referrals/import", FHIR + ";charset=utf-8", bundle(sound(key)))
                    .expect(200)
                    .body();

            assertThat(again.path("loaded").asInt()).isZero();
            assertThat(again.path("alreadyThere").asInt()).isEqualTo(1);
            assertThat(oncemore.path("alreadyThere").asInt()).isEqualTo(1);
            assertThat(again.path("patients").path(0).path("patientId"))
                    .isEqualTo(first.path("patients").path(0).path("patientId"));
            probe.expectSilence();
        }
    }

    @Test
    void loadsTheGoodAndReportsTheBadByTheirFields() {
        String bad = sound(Clinic.nextKey()).replace("1985-06-01", "2199-01-01").replace("F33.1", "E11.9");

        var report = importBundle(bundle(sound(Clinic.nextKey()), bad, sound(Clinic.nextKey())))
                .expect(200)
                .body();

        assertThat(report.path("loaded").asInt()).isEqualTo(2);
        assertThat(report.path("rejected")).hasSize(1);
        var rejected = report.path("rejected").path(0);
        assertThat(rejected.path("line").asInt()).isEqualTo(4);
        assertThat(rejected.path("errors")
                        .valueStream()
                        .map(e -> e.path("field").asString() + " "
                                + e.path("rule").asString()))
                .containsExactlyInAnyOrder(
                        "Bundle.entry[4].resource.birthDate in-the-future",
                        "Bundle.entry[5].resource.code.coding[0].code unknown-code");
    }

    @Test
    void twoDesksSendingTheSameBundleAtOnceLoadItOnce() throws Exception {
        String bundle = bundle(
                IntStream.range(0, 10).mapToObj(i -> sound(Clinic.nextKey())).toArray(String[]::new));
        try (var desks = Executors.newFixedThreadPool(3)) {
            Callable<Integer> load =
                    () -> importBundle(bundle).expect(200).body().path("loaded").asInt();
            int loaded = 0;
            for (var desk : desks.invokeAll(java.util.List.of(load, load, load))) {
                loaded += desk.get();
            }
            assertThat(loaded).isEqualTo(10);
        }
    }

    @Test
    void aBundleThatCantBeReadIsAProblemWithFieldAndRule() {
        var noJson = importBundle("{\"resourceType\":").expect(400, "malformed-json");
        assertThat(noJson.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(importBundle("{\"resourceType\":\"Patient\"}")
                        .expect(400, "bundle")
                        .field())
                .isEqualTo("Bundle.resourceType");
        assertThat(importBundle("{\"resourceType\":\"Bundle\",\"type\":\"history\"}")
                        .expect(422, "bundle-type")
                        .field())
                .isEqualTo("Bundle.type");
        assertThat(importBundle(bundle()).expect(422, "bundle-empty").field()).isEqualTo("Bundle.entry");
        importBundle("").expect(400, "body-required");
        String halfWay = bundle(sound("never")).replaceFirst("}$", "");
        importBundle(halfWay).expect(400, "malformed-json");
        assertThat(clinic.frontDesk().get("/api/patients?limit=200").expect(200).text())
                .doesNotContain("gp|never");
        clinic.frontDesk()
                .postText("/api/referrals/import", "application/fhir+xml", "<Bundle/>")
                .expect(415);
        ServiceDoor.of(context)
                .as("nora", Role.NURSE)
                .postText("/api/referrals/import", FHIR, bundle(sound("never")))
                .expect(403);
    }

    @Test
    void aBundleMayHaveFiveMegabytesAndNoMore() {
        String many = bundle(IntStream.range(0, 900)
                .mapToObj(i -> sound("limit-" + i).replace("F33.1", "E11.9"))
                .toArray(String[]::new));
        assertThat(many.length()).isBetween(1_000_000, 5_000_000);
        assertThat(importBundle(many).expect(200).body().path("rejected")).hasSize(900);

        String large = many + " ".repeat(5_000_000);
        importBundle(large).expect(413, "body-too-large");
        clinic.frontDesk()
                .with("Content-Type", FHIR)
                .exchange(
                        "POST",
                        "/api/referrals/import",
                        BodyPublishers.ofInputStream(
                                () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8))))
                .expect(413, "body-too-large");
    }

    @Test
    void keepsNothingOfTheBundleButThePatient() {
        var report = importBundle(bundle(sound(Clinic.nextKey()))).expect(200).body();

        var stored = mongo.getCollection("patients")
                .find(new org.bson.Document(
                        "_id", report.path("patients").path(0).path("patientId").asString()))
                .first();

        assertThat(stored).isNotNull();
        assertThat(stored.toJson())
                .doesNotContain("M-77")
                .doesNotContain("F33.1")
                .doesNotContain("hl7")
                .doesNotContain("clinicops.");
    }

    @Test
    void theAnswersThatComeWithAReferralAreScored() {
        String key = Clinic.nextKey();

        var report = importBundle(bundle(
                        sound(key),
                        painToday(key, "urn:clinicops:instrument:pain-nrs", "\"valueInteger\":7"),
                        painToday(key, "http://example.org/Questionnaire/other", "\"valueInteger\":99")))
                .expect(200)
                .body();

        assertThat(report.path("loaded").asInt()).isOne();
        var assessments = clinic.nurse()
                .get("/api/patients/"
                        + report.path("patients").path(0).path("patientId").asString() + "/assessments")
                .expect(200)
                .body()
                .path("items");
        assertThat(assessments.size()).isOne();
        assertThat(assessments.path(0).path("mode").asString()).isEqualTo("import");
        assertThat(assessments.path(0).path("scores").path(0).path("value").asInt())
                .isEqualTo(7);
    }

    @Test
    void anAnswerThatTheInstrumentDoesNotHaveRejectsItsPatient() {
        String key = Clinic.nextKey();

        var report = importBundle(
                        bundle(sound(key), painToday(key, "urn:clinicops:instrument:pain-nrs", "\"valueInteger\":11")))
                .expect(200)
                .body();

        assertThat(report.path("loaded").asInt()).isZero();
        assertThat(report.toString())
                .contains("Bundle.entry[4].resource.item[0].answer[0]")
                .contains("answer-unknown");
    }

    private static String painToday(String key, String questionnaire, String answer) {
        return """
                {"resource":{"resourceType":"QuestionnaireResponse","questionnaire":"%s","status":"completed",
                  "subject":{"reference":"urn:clinic:%s"},"item":[{"linkId":"pain","answer":[{%s}]}]}}""".formatted(questionnaire, key, answer);
    }
}
