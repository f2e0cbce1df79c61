package clinicops.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import clinicops.chassis.testing.TestTokens;
import clinicops.contracts.SchedulingEvent.SessionCompleted;
import clinicops.testing.EventSender;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import tools.jackson.databind.JsonNode;

/** What the clinic sees of somebody who was on its books twice. */
@ServiceTest(database = "intake")
class MergedRecordTest {
    @Autowired
    ApplicationContext context;

    @Autowired
    BusinessClock clock;

    @Autowired
    MongoTemplate mongo;

    private Clinic clinic;
    private String survivor = "";
    private String duplicate = "";

    @BeforeEach
    void twoWhoAreOne() {
        clinic = new Clinic(context);
        survivor = clinic.refer();
        duplicate = clinic.refer();
    }

    @Test
    void theSurvivorsRecordShowsAllThatWasKeptOfTheDuplicateAndUnmergingGivesItBack() {
        clinic.screen(survivor, Clinic.screening()).expect(200);
        clinic.screen(duplicate, Clinic.screening()).expect(200);
        pain(duplicate, 4).expect(201);
        clinic.result(duplicate, "pdmp-query", Map.of("result", "expected")).expect(201);
        clinic.evaluate("medical", duplicate);
        upload(duplicate).expect(201);
        clinic.nurse()
                .put("/api/patients/" + duplicate + "/safety-plan", Clinic.safetyPlan())
                .expect(200);
        Map<String, Integer> before = kept(duplicate);
        Map<String, Integer> ownBefore = kept(survivor);

        merge(duplicate, survivor).expect(200);

        assertThat(kept(survivor)).isEqualTo(sum(ownBefore, before));
        assertThat(kept(duplicate).values()).containsOnly(0);
        assertThat(missing(survivor)).doesNotContain("medical-evaluation");
        assertThat(clinic.nurse()
                        .get("/api/patients/" + survivor + "/safety-plan")
                        .expect(200)
                        .body()
                        .path("signed")
                        .asBoolean())
                .isTrue();
        pain(survivor, 6).expect(201);

        unmerge(duplicate, survivor).expect(200);

        assertThat(kept(duplicate)).isEqualTo(before);
        assertThat(kept(survivor)).isEqualTo(sum(ownBefore, Map.of("assessments", 1)));
        assertThat(missing(survivor)).contains("medical-evaluation");
        clinic.nurse().get("/api/patients/" + survivor + "/safety-plan").expect(404);
        clinic.nurse().get("/api/patients/" + duplicate + "/safety-plan").expect(200);
    }

    @Test
    void whatSpeaksAgainstTheDuplicateSpeaksAgainstTheSurvivorUntilTheyAreUnmerged() {
        clinic.screen(survivor, Clinic.screening()).expect(200);
        clinic.screen(duplicate, Clinic.screeningWith("drugs", List.of("theophylline")))
                .expect(200);
        fill(survivor, "allergies", Map.of("allergies", List.of()));
        fill(duplicate, "allergies", Map.of("allergies", List.of(Map.of("substance", "ketamine"))));
        assertThat(status(survivor)).isEqualTo("screened");

        merge(duplicate, survivor).expect(200);

        assertThat(status(survivor)).isEqualTo("excluded");
        assertThat(excludedBy(survivor)).contains("theophylline", "reported-allergy");
        assertThat(latestVerdict(survivor).path("because").asString()).isEqualTo("patients-merged");

        unmerge(duplicate, survivor).expect(200);

        assertThat(status(survivor)).isEqualTo("screened");
        assertThat(status(duplicate)).isEqualTo("excluded");
        assertThat(excludedBy(survivor)).isEmpty();
    }

    @Test
    void theDangerThatTheDuplicateIsInIsTheSurvivorsFromTheMergingOn() {
        clinic.screen(survivor, Clinic.screening()).expect(200);
        String alert = clinic.screen(duplicate, Clinic.highRisk())
                .expect(200)
                .body()
                .path("safetyAlertId")
                .asString();

        merge(duplicate, survivor).expect(200);

        assertThat(openAlerts(survivor)).containsExactly(alert);
        assertThat(openAlerts(duplicate)).isEmpty();
        assertThat(flagged(survivor)).isTrue();
        assertThat(flagged(duplicate)).isFalse();
        assertThat(status(survivor)).isEqualTo("awaiting-safety-review");
        assertThat(stage(survivor)).isEqualTo("safety-review");
        clinic.clear(clinic.therapist(), "mental-health", survivor).expect(422, "safety-review-open");

        unmerge(duplicate, survivor).expect(200);

        assertThat(openAlerts(duplicate)).containsExactly(alert);
        assertThat(openAlerts(survivor)).isEmpty();
        assertThat(flagged(survivor)).isFalse();
        assertThat(flagged(duplicate)).isTrue();
        assertThat(status(survivor)).isEqualTo("screened");
        assertThat(status(duplicate)).isEqualTo("awaiting-safety-review");
    }

    @Test
    void anAlertThatWasResolvedMeanwhileStaysResolvedAfterUnmerging() {
        clinic.screen(survivor, Clinic.screening()).expect(200);
        String alert = clinic.screen(duplicate, Clinic.highRisk())
                .expect(200)
                .body()
                .path("safetyAlertId")
                .asString();
        merge(duplicate, survivor).expect(200);
        clinic.nurse().post("/api/safety-alerts/" + alert + "/acknowledgement").expect(200);
        clinic.prescriber()
                .post("/api/safety-alerts/" + alert + "/resolution", Map.of("outcome", "no-danger", "note", "Phoned"))
                .expect(200);
        assertThat(flagged(survivor)).isFalse();

        unmerge(duplicate, survivor).expect(200);

        assertThat(flagged(duplicate)).isFalse();
        assertThat(openAlerts(duplicate)).isEmpty();
    }

    @Test
    void aLinkThatTheDuplicateGotBeforeTheMergingFillsInTheSurvivorsRecord() {
        JsonNode link = clinic.frontDesk()
                .post(
                        "/api/patients/" + duplicate + "/links",
                        Map.of("purpose", "assessment", "instrument", "pain-nrs"))
                .expect(201)
                .body();
        merge(duplicate, survivor).expect(200);
        ServiceDoor patient = ServiceDoor.of(context)
                .with("Authorization", TestTokens.bearer("patient", "patient", claims -> claims.claim(
                                "scope", "assessment")
                        .claim("patient_id", duplicate)
                        .claim("link_id", link.path("id").asString())
                        .claim("resource", link.path("assessmentId").asString())));

        patient.ifMatch(patient.get("/patient/assessments")
                        .expect(200)
                        .body()
                        .path("items")
                        .path(0)
                        .path("version")
                        .asLong())
                .put(
                        "/patient/assessments/" + link.path("assessmentId").asString(),
                        Map.of("answers", Map.of("pain", "7"), "complete", true))
                .expect(200);

        assertThat(kept(survivor)).containsEntry("assessments", 1);
    }

    @Test
    void aSessionOfTheDuplicateThatIsHeardOfLateCountsForTheSurvivorAndGoesBackWithThem() {
        pain(duplicate, 8).expect(201);
        merge(duplicate, survivor).expect(200);

        try (EventSender sender = EventSender.create()) {
            var now = clock.instant();
            var session = new SessionCompleted(
                    UUID.randomUUID().toString(),
                    UUID.randomUUID().toString(),
                    duplicate,
                    1,
                    "ketamine",
                    "iv",
                    null,
                    new BigDecimal("35"),
                    now,
                    now,
                    now,
                    now,
                    List.of());
            sender.draft(session.sessionId(), session).sequence(9).send();
        }
        pain(survivor, 3).expect(201);

        await().untilAsserted(() -> assertThat(sessionsCounted(survivor)).isOne());
        unmerge(duplicate, survivor).expect(200);
        pain(duplicate, 2).expect(201);
        assertThat(sessionsCounted(duplicate)).isOne();
        assertThat(sessionsCounted(survivor)).isZero();
    }

    @Test
    void whatWasWrittenAtTheVeryMomentOfTheMergingFollows() {
        clinic.result(duplicate, "pdmp-query", Map.of("result", "expected")).expect(201);
        merge(duplicate, survivor).expect(200);
        // a transaction that had not seen the merging commits after it
        mongo.updateMulti(
                Query.query(Criteria.where("patientId").is(survivor)),
                Update.update("patientId", duplicate),
                "workups");

        await().untilAsserted(() -> assertThat(kept(survivor)).containsEntry("work-up", 1));
        unmerge(duplicate, survivor).expect(200);
        assertThat(kept(duplicate)).containsEntry("work-up", 1);
    }

    @Test
    void nothingIsAddedToSomebodyInWhosePlaceAnotherGoesOn() {
        merge(duplicate, survivor).expect(200);
        String path = "/api/patients/" + duplicate;

        pain(duplicate, 1).expect(409, "patient-merged");
        clinic.result(duplicate, "pdmp-query", Map.of("result", "expected")).expect(409, "patient-merged");
        upload(duplicate).expect(409, "patient-merged");
        clinic.prescriber()
                .put(path + "/evaluations/medical", Clinic.medicalExam())
                .expect(409, "patient-merged");
        clinic.nurse().put(path + "/safety-plan", Clinic.safetyPlan()).expect(409, "patient-merged");
    }

    @Test
    void whoWasMergedTwiceIsUnmergedInTheOppositeOrder() {
        String third = clinic.refer();
        pain(duplicate, 4).expect(201);
        merge(duplicate, survivor).expect(200);
        merge(survivor, third).expect(200);
        assertThat(kept(third)).containsEntry("assessments", 1);

        unmerge(duplicate, survivor).expect(409, "patient-merged");
        unmerge(survivor, third).expect(200);
        assertThat(kept(survivor)).containsEntry("assessments", 1);
        unmerge(duplicate, survivor).expect(200);
        assertThat(kept(duplicate)).containsEntry("assessments", 1);
    }

    private Answer merge(String gone, String goesOn) {
        return decide("merge", gone, goesOn);
    }

    private Answer unmerge(String gone, String goesOn) {
        return decide("unmerge", gone, goesOn);
    }

    private Answer decide(String what, String gone, String goesOn) {
        return clinic.frontDesk()
                .ifMatch(clinic.version(goesOn))
                .post(
                        "/api/patients/" + goesOn + "/" + what,
                        Map.of("duplicateId", gone, "reason", "same person, ID seen"));
    }

    /** How much each list of a patient's record shows. */
    private Map<String, Integer> kept(String id) {
        String path = "/api/patients/" + id;
        return Map.of(
                "assessments", size(path + "/assessments", "items"),
                "evaluations", size(path + "/evaluations", "items"),
                "work-up", size(path + "/workup", "results"),
                "documents", size(path + "/documents", ""));
    }

    private int size(String path, String field) {
        var body = clinic.prescriber().get(path).expect(200).body();
        return (body.isArray() ? body : body.path(field)).size();
    }

    private static Map<String, Integer> sum(Map<String, Integer> one, Map<String, Integer> other) {
        var sum = new HashMap<>(one);
        other.forEach((what, many) -> sum.merge(what, many, Integer::sum));
        return sum;
    }

    private Answer pain(String id, int value) {
        return clinic.nurse()
                .post(
                        "/api/patients/" + id + "/assessments",
                        Map.of(
                                "instrument",
                                "pain-nrs",
                                "mode",
                                "staff",
                                "answers",
                                Map.of("pain", String.valueOf(value)),
                                "complete",
                                true));
    }

    private Answer upload(String id) {
        String form = "--b\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\necg\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nRest ECG\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"e.pdf\"\r\n\r\n%PDF-1.4\n%%EOF\r\n--b--\r\n";
        return clinic.nurse()
                .with("Content-Type", "multipart/form-data; boundary=b")
                .exchange("POST", "/api/patients/" + id + "/documents", BodyPublishers.ofString(form));
    }

    private void fill(String id, String section, Object body) {
        clinic.frontDesk()
                .ifMatch(0)
                .put("/api/patients/" + id + "/registration/" + section, body)
                .expect(200);
    }

    private JsonNode patient(String id) {
        return clinic.prescriber().get("/api/patients/" + id).expect(200).body();
    }

    private String status(String id) {
        return patient(id).path("status").asString();
    }

    private boolean flagged(String id) {
        return patient(id).path("safetyFlag").asBoolean();
    }

    private List<String> excludedBy(String id) {
        return patient(id)
                .path("screening")
                .path("findings")
                .valueStream()
                .filter(f -> f.path("outcome").asString().equals("excluded"))
                .map(f -> f.path("rule").asString())
                .toList();
    }

    private JsonNode latestVerdict(String id) {
        return clinic.prescriber()
                .get("/api/patients/" + id + "/verdicts?limit=1")
                .expect(200)
                .body()
                .path("items")
                .path(0);
    }

    private List<String> openAlerts(String id) {
        return clinic.nurse()
                .get("/api/safety-alerts?resolved=false&patientId=" + id)
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .map(a -> a.path("id").asString())
                .toList();
    }

    private JsonNode row(String id) {
        String cursor = "";
        do {
            var page = clinic.nurse()
                    .get("/api/worklist?limit=200&cursor=" + cursor)
                    .expect(200)
                    .body();
            for (JsonNode row : page.path("items")) {
                if (row.path("patientId").asString().equals(id)) {
                    return row;
                }
            }
            cursor = page.path("nextCursor").asString("");
        } while (!cursor.isEmpty());
        throw new AssertionError("not on the work-list");
    }

    private String stage(String id) {
        return row(id).path("stage").asString();
    }

    private List<String> missing(String id) {
        return row(id).path("missing").valueStream().map(JsonNode::asString).toList();
    }

    private int sessionsCounted(String id) {
        return clinic.therapist()
                .get("/api/patients/" + id + "/outcomes")
                .expect(200)
                .body()
                .path("outcomes")
                .path(0)
                .path("latest")
                .path("sessions")
                .asInt();
    }
}
