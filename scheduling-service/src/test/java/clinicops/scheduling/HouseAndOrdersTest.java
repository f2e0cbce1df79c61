package clinicops.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.testing.ServiceTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** The house before the first dose, and what a nurse may give without asking. */
@ServiceTest(database = "house")
class HouseAndOrdersTest {
    @Autowired
    ApplicationContext context;

    private Clinic clinic;

    @BeforeEach
    void open() {
        clinic = new Clinic(context);
    }

    @Test
    void noDoseBeforeCrashCartOxygenAndAedAreReady() {
        String session = clinic.bookedCourse(clinic.readyPatient()).getFirst();
        clinic.nameEscort(session);
        clinic.moveTo(
                Instant.parse(clinic.session(session).body().path("startsAt").asString()));
        clinic.act(clinic.nurse, session, "check-in", Map.of()).expect(200);
        clinic.vitals(session, 124, 78).expect(201);
        clinic.checkHouse();
        clinic.nurse
                .post("/api/house-checks", Map.of("item", "oxygen", "ok", false))
                .expect(422, "remark-missing");
        clinic.nurse
                .post("/api/house-checks", Map.of("item", "ladder", "ok", true))
                .expect(422, "house-item");
        clinic.nurse
                .post("/api/house-checks", Map.of("item", "oxygen", "ok", false, "remark", "Bottle empty"))
                .expect(201);
        JsonNode held = clinic.act(clinic.nurse, session, "gate", Clinic.gateAnswers())
                .expect(200)
                .body();
        assertThat(held.path("gate").path("blockers").valueStream().map(JsonNode::asString))
                .containsExactly("house-check-missing");

        clinic.nurse
                .post("/api/house-checks", Map.of("item", "oxygen", "ok", true))
                .expect(201);
        clinic.act(clinic.nurse, session, "gate", Clinic.gateAnswers()).expect(200);
        assertThat(clinic.state(session)).isEqualTo("ready-to-dose");
    }

    private List<JsonNode> toSign(String session) {
        return clinic.prescriber
                .get("/api/standing-orders")
                .expect(200)
                .body()
                .path("toSign")
                .valueStream()
                .filter(order -> order.path("sessionId").asString().equals(session))
                .toList();
    }

    @Test
    void aRescueDrugWithoutASignedOrderIsGivenAndSignedAfterwards() {
        String session = clinic.sessionToday(clinic.readyPatient());
        clinic.startDose(session);
        Map<String, Object> ondansetron = Map.of("drug", "ondansetron", "amountMg", 4);
        clinic.nurse.post("/api/sessions/" + session + "/rescue", ondansetron).expect(200);
        JsonNode order = toSign(session).getFirst();
        assertThat(order.path("why").asString()).isEqualTo("not-signed");

        clinic.nurse.post("/api/standing-orders", Map.of("drug", "ondansetron")).expect(403);
        clinic.prescriber
                .post("/api/standing-orders", Map.of("drug", "aspirin"))
                .expect(422, "unknown-drug");
        clinic.prescriber
                .post("/api/standing-orders", Map.of("drug", "ondansetron"))
                .expect(201);
        clinic.nurse.post("/api/sessions/" + session + "/rescue", ondansetron).expect(200);
        assertThat(toSign(session)).hasSize(1);
        clinic.nurse
                .post("/api/sessions/" + session + "/rescue", Map.of("drug", "ondansetron", "amountMg", 80))
                .expect(200);
        assertThat(toSign(session))
                .extracting(one -> one.path("why").asString())
                .containsExactly("not-signed", "above-order");

        String signature = "/api/standing-orders/given/" + order.path("id").asString() + "/signature";
        clinic.prescriber.post(signature).expect(200);
        clinic.prescriber.post(signature).expect(409, "already-signed");
        assertThat(toSign(session)).hasSize(1);
    }
}
