package clinicops.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import clinicops.contracts.SchedulingEvent;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** Every mg of a controlled drug, from the shipment to the patient or the witnessed waste. */
@ServiceTest(database = "drugs")
class DrugLogTest {
    @Autowired
    ApplicationContext context;

    private Clinic clinic;

    @BeforeEach
    void open() {
        clinic = new Clinic(context);
    }

    private List<JsonNode> log(String drug) {
        return clinic.nurse
                .get("/api/drug-log?limit=200&newestFirst=true&drug=" + drug)
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .toList();
    }

    private List<String> kindsOf(String session, String drug) {
        return log(drug).reversed().stream()
                .filter(line -> line.path("sessionId").asString("").equals(session))
                .map(line ->
                        line.path("kind").asString() + " " + line.path("mg").asString())
                .toList();
    }

    private JsonNode balance(String drug) {
        return clinic.nurse
                .get("/api/drug-stock/balances")
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .filter(one -> one.path("drug").asString().equals(drug))
                .findFirst()
                .orElseThrow();
    }

    private List<JsonNode> openDraws(String session) {
        return clinic.nurse
                .get("/api/drug-log/draws")
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .filter(draw -> draw.path("sessionId").asString().equals(session))
                .toList();
    }

    @Test
    void whatWasDrawnIsGivenOrWastedBeforeAWitness() {
        String session = clinic.sessionToday(clinic.readyPatient());
        clinic.startDose(session);
        assertThat(kindsOf(session, "ketamine")).containsExactly("drawn 36.2");
        // other tests' doses may run too: this one's part is among what is in use
        JsonNode running = openDraws(session).getFirst();
        assertThat(running.path("use").asString()).isEqualTo("running");
        assertThat(running.path("openMg").asString()).isEqualTo("36.2");
        assertThat(balance("ketamine").path("inUseMg").decimalValue()).isGreaterThanOrEqualTo(new BigDecimal("36.2"));
        clinic.nurse
                .post(
                        "/api/drug-log/wastes",
                        Map.of("drawId", running.path("id").asString(), "mg", 1, "reason", "rest-of-draw"))
                .expect(409, "dose-running");

        clinic.watch(session, 20);
        clinic.nurse
                .post("/api/sessions/" + session + "/stop", Map.of("reason", "patient-request"))
                .expect(200);
        assertThat(kindsOf(session, "ketamine")).containsExactly("drawn 36.2", "given 18.1");
        JsonNode draw = openDraws(session).getFirst();
        assertThat(draw.path("openMg").asString()).isEqualTo("18.1");
        assertThat(draw.path("use").asString()).isEqualTo("left");

        Map<String, Object> waste = Map.of("drawId", draw.path("id").asString(), "mg", 18.1, "reason", "rest-of-draw");
        Map<String, Object> tooMuch = new HashMap<>(waste);
        tooMuch.put("mg", 18.2);
        clinic.nurse.post("/api/drug-log/wastes", tooMuch).expect(422, "waste-above-drawn");
        Answer told = clinic.nurse.post("/api/drug-log/wastes", waste).expect(201);
        String itsWitness = "/api/drug-log/wastes/" + told.body().path("id").asString() + "/witness";
        // until somebody else has seen it, nothing is wasted
        clinic.nurse.post(itsWitness).expect(422, "second-person");
        assertThat(openDraws(session)).hasSize(1);
        clinic.frontDesk.post(itsWitness).expect(403);
        clinic.secondNurse.post(itsWitness).expect(200);
        clinic.secondNurse.post(itsWitness).expect(409, "already-confirmed");
        assertThat(openDraws(session)).isEmpty();
        JsonNode line = log("ketamine").getFirst();
        assertThat(line.path("by").asString()).isEqualTo("nora");
        assertThat(line.path("witness").asString()).isEqualTo("nick");
        assertThat(kindsOf(session, "ketamine")).containsExactly("drawn 36.2", "given 18.1", "wasted 18.1");
    }

    @Test
    void nothingIsDrawnThatIsNotThereForThisPatient() {
        String patient = clinic.readyPatient();
        String session = clinic.sessionToday(patient);
        clinic.makeReady(session);
        clinic.act(clinic.prescriber, session, "order", Map.of("doseMgPerKg", 0.5, "weightKg", 72.5))
                .expect(200);
        Map<String, Object> drawn = new HashMap<>(Clinic.drawn(10, 3.62));
        drawn.put("lot", "NOBODY");
        clinic.act(clinic.nurse, session, "draw", drawn).expect(409, "not-in-stock");
        assertThat(clinic.session(session).body().path("draw").isNull()).isTrue();

        // a pharmacy's shipment for somebody else
        Map<String, Object> order = new HashMap<>(Map.of(
                "drug",
                "ketamine",
                "ndc",
                "42023-0113-10",
                "container",
                "vial",
                "mgPerUnit",
                200,
                "supply",
                "pharmacy",
                "units",
                1));
        clinic.nurse.post("/api/drug-stock", order).expect(422, "patient-missing");
        order.put("forPatientId", "nobody");
        clinic.nurse.post("/api/drug-stock", order).expect(404);
        order.put("forPatientId", clinic.readyPatient());
        Answer theirs = clinic.nurse.post("/api/drug-stock", order).expect(201);
        String receipt = "/api/drug-stock/" + theirs.body().path("id").asString() + "/receipt";
        Map<String, Object> came = new HashMap<>(Map.of("lot", "THEIRS", "expiresOn", "2020-01-01", "units", 1));
        clinic.nurse.post(receipt, came).expect(428);
        clinic.nurse.ifMatch(theirs.version()).post(receipt, came).expect(422, "lot-expired");
        came.put("expiresOn", clinic.today().plusDays(90).toString());
        clinic.nurse.ifMatch(theirs.version()).post(receipt, came).expect(200);
        drawn.put("lot", "THEIRS");
        clinic.act(clinic.nurse, session, "draw", drawn).expect(409, "for-another-patient");
        clinic.act(clinic.nurse, session, "draw", Clinic.drawn(10, 3.62)).expect(200);
    }

    @Test
    void aVoidedDrawStaysOpenUntilItIsWasted() {
        String session = clinic.sessionToday(clinic.readyPatient());
        clinic.makeReady(session);
        clinic.act(clinic.prescriber, session, "order", Map.of("doseMgPerKg", 0.5, "weightKg", 72.5))
                .expect(200);
        clinic.act(clinic.nurse, session, "draw", Clinic.drawn(10, 3.62)).expect(200);
        clinic.wait(1);
        clinic.act(clinic.nurse, session, "draw", Clinic.drawn(10, 3.63)).expect(200);
        assertThat(openDraws(session))
                .extracting(draw ->
                        draw.path("openMg").asString() + " " + draw.path("use").asString())
                .containsExactly("36.2 left", "36.3 drawn-up");
        clinic.setPump(session);
        clinic.act(clinic.secondNurse, session, "second-check", Map.of()).expect(200);
        clinic.act(clinic.nurse, session, "start", Map.of()).expect(200);
        clinic.watch(session, 40);
        clinic.act(clinic.nurse, session, "finish", Map.of()).expect(200);
        assertThat(kindsOf(session, "ketamine")).containsExactly("drawn 36.2", "drawn 36.3", "given 36.2");
        assertThat(openDraws(session))
                .extracting(draw -> draw.path("openMg").asString())
                .containsExactlyInAnyOrder("36.2", "0.1");
    }

    @Test
    void aDrawThatANewOrderReplacesIsLeft() {
        String session = clinic.sessionToday(clinic.readyPatient());
        clinic.makeReady(session);
        Map<String, Object> order = Map.of("doseMgPerKg", 0.5, "weightKg", 72.5);
        clinic.act(clinic.prescriber, session, "order", order).expect(200);
        clinic.act(clinic.nurse, session, "draw", Clinic.drawn(10, 3.62)).expect(200);
        assertThat(openDraws(session))
                .extracting(draw -> draw.path("use").asString())
                .containsExactly("drawn-up");

        clinic.act(clinic.prescriber, session, "order", order).expect(200);

        assertThat(openDraws(session))
                .extracting(draw -> draw.path("use").asString())
                .containsExactly("left");
    }

    @Test
    void aRescueDrugIsNeverRefusedAndTheLogSaysThatItKnewNone() {
        String session = clinic.sessionToday(clinic.readyPatient());
        clinic.startDose(session);
        clinic.nurse
                .post("/api/sessions/" + session + "/rescue", Map.of("drug", "midazolam", "amountMg", 2))
                .expect(200);
        assertThat(kindsOf(session, "midazolam")).containsExactly("drawn 2", "given 2");

        try (var probe = clinic.probe()) {
            clinic.nurse
                    .post("/api/sessions/" + session + "/rescue", Map.of("drug", "midazolam", "amountMg", 900))
                    .expect(200);
            var found = probe.awaitType("scheduling.count-discrepancy-found.v1")
                    .body(SchedulingEvent.CountDiscrepancyFound.class);
            assertThat(found.drug()).isEqualTo("midazolam");
        }
        JsonNode review = clinic.nurse
                .get("/api/counts/reviews")
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .filter(one -> one.path("cause").asString().equals("beyond-stock"))
                .findFirst()
                .orElseThrow();
        String conclusion = "/api/counts/reviews/" + review.path("id").asString() + "/conclusion";
        Map<String, Object> why = Map.of("finding", "not-recorded", "explanation", "A shipment was not booked in");
        clinic.nurse
                .ifMatch(review.path("version").asLong())
                .post(conclusion, why)
                .expect(403);
        clinic.prescriber
                .ifMatch(review.path("version").asLong())
                .post(conclusion, why)
                .expect(200);
        assertThat(log("midazolam").getFirst().path("kind").asString()).isEqualTo("adjusted");
    }

    @Test
    void twoPeopleCountAndADifferenceOpensAReview() {
        String lot = clinic.stock("esketamine", "device", 28, 2, "50458-0028-02", "SPR26B");
        double there = balance("esketamine").path("onHandMg").asDouble();
        Answer first = clinic.nurse
                .post("/api/counts", Map.of("drug", "esketamine", "at", "closing", "countedMg", there - 28))
                .expect(201);
        assertThat(first.body().path("firstMg").isNull()).isTrue();
        String second = "/api/counts/" + first.body().path("id").asString() + "/confirmation";
        clinic.nurse.post(second, Map.of("countedMg", there - 28)).expect(422, "second-person");
        try (var probe = clinic.probe()) {
            Answer counted = clinic.secondNurse
                    .post(second, Map.of("countedMg", there - 28))
                    .expect(200);
            assertThat(counted.body().path("state").asString()).isEqualTo("different");
            probe.expectExactly("scheduling.count-discrepancy-found.v1");
        }
        JsonNode review = clinic.prescriber
                .get("/api/counts/reviews")
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .filter(one -> one.path("drug").asString().equals("esketamine"))
                .findFirst()
                .orElseThrow();
        assertThat(review.path("reportDueOn").asString())
                .isGreaterThan(clinic.today().toString());
        String conclusion = "/api/counts/reviews/" + review.path("id").asString() + "/conclusion";
        Map<String, Object> stolen = new HashMap<>(
                Map.of("finding", "theft-or-significant-loss", "explanation", "One device is gone", "lotId", lot));
        var prescriber = clinic.prescriber.ifMatch(review.path("version").asLong());
        prescriber.post(conclusion, stolen).expect(422, "loss-not-reported");
        stolen.put("reportedOn", clinic.today().toString());
        clinic.prescriber
                .ifMatch(review.path("version").asLong())
                .post(conclusion, stolen)
                .expect(200);
        assertThat(balance("esketamine").path("onHandMg").asDouble()).isEqualTo(there - 28);

        // two who find different amounts count again
        Answer again = clinic.nurse
                .post("/api/counts", Map.of("drug", "esketamine", "at", "closing", "countedMg", there - 28))
                .expect(201);
        Answer disputed = clinic.secondNurse
                .post("/api/counts/" + again.body().path("id").asString() + "/confirmation", Map.of("countedMg", there))
                .expect(200);
        assertThat(disputed.body().path("state").asString()).isEqualTo("disputed");
        JsonNode due = clinic.nurse
                .get("/api/counts")
                .expect(200)
                .body()
                .path("due")
                .valueStream()
                .filter(one -> one.path("drug").asString().equals("esketamine"))
                .findFirst()
                .orElseThrow();
        assertThat(due.path("closing").asString()).isEqualTo("different");
        assertThat(due.path("inventoryOverdue").asBoolean()).isTrue();
    }

    @Test
    void theNumbersHaveNoGap() {
        List<JsonNode> lines = log("ketamine").reversed();
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i).path("number").asLong()).isEqualTo(i + 1);
        }
    }
}
