package clinicops.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import clinicops.contracts.IntakeEvent;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Esketamine under its REMS: certified setting, enrolled patient, a form of every session within 7 days. */
@ServiceTest(database = "rems")
class RemsTest {
    @Autowired
    ApplicationContext context;

    private Clinic clinic;

    @BeforeEach
    void open() {
        clinic = new Clinic(context);
    }

    private String esketaminePatient() {
        String patient = Clinic.newPatientId();
        clinic.tell(patient, new IntakeEvent.PatientRegistered(patient, "ref", clinic.now()));
        clinic.tell(
                patient,
                new IntakeEvent.PatientCleared(
                        patient, clinic.now(), clinic.today().plusDays(400), null));
        clinic.tell(
                "con-" + patient,
                new IntakeEvent.ConsentSigned(
                        "con-" + patient, patient, "esketamine", "nasal", "2026-11", clinic.now()));
        clinic.tell(
                "plan-" + patient,
                new IntakeEvent.TreatmentPlanApproved(
                        "plan-" + patient,
                        patient,
                        1,
                        "F33.2",
                        "esketamine",
                        "nasal",
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        new BigDecimal("56"),
                        6,
                        1,
                        14,
                        21,
                        null,
                        null,
                        null,
                        "paula",
                        clinic.now()));
        clinic.tell("est-" + patient, clinic.selfPay(patient, 6));
        await().until(() -> clinic.canBook(patient));
        return patient;
    }

    private void certify() {
        Answer known = clinic.admin.get("/api/rems/setting").expect(200);
        if (!known.body().path("certified").asBoolean()) {
            clinic.admin
                    .put(
                            "/api/rems/setting",
                            Map.of(
                                    "number",
                                    "S-1001",
                                    "certifiedFrom",
                                    clinic.today().minusDays(30).toString()))
                    .expect(200);
        }
    }

    private Map<String, Object> nasalAnswers() {
        Map<String, Object> answers = new HashMap<>(Clinic.gateAnswers());
        answers.put("decongestantHours", 12);
        return answers;
    }

    private void reading(String session, int systolic, int moaas, int cadss6) {
        Map<String, Object> reading = Clinic.reading(clinic.now(), systolic, 80);
        reading.put("moaas", moaas);
        reading.put("cadss6", cadss6);
        clinic.nurse.post("/api/sessions/" + session + "/vitals", reading).expect(201);
    }

    @Test
    void theFormIsFilledInFromTheSessionAndSentWithinSevenDays() {
        String patient = esketaminePatient();
        String session = clinic.sessionToday(patient);
        assertThat(clinic.blockers(patient)).contains("rems-not-enrolled");
        certify();
        clinic.nurse.get("/api/rems/patients/nobody").expect(404);
        clinic.frontDesk
                .put(
                        "/api/rems/patients/" + patient,
                        Map.of("enrolledOn", clinic.today().toString()))
                .expect(403);
        clinic.nurse
                .put(
                        "/api/rems/patients/" + patient,
                        Map.of(
                                "number",
                                "P-77",
                                "enrolledOn",
                                clinic.today().minusDays(1).toString()))
                .expect(200);
        assertThat(clinic.blockers(patient)).doesNotContain("rems-not-enrolled", "rems-not-certified");

        clinic.act(clinic.nurse, session, "check-in", Map.of()).expect(200);
        clinic.vitals(session, 124, 78).expect(201);
        clinic.act(clinic.nurse, session, "gate", nasalAnswers()).expect(200);
        clinic.act(clinic.prescriber, session, "order", Map.of("weightKg", 72.5))
                .expect(200);
        clinic.act(clinic.nurse, session, "start", Map.of()).expect(200);
        Map<String, Object> device = Map.of("ndc", "50458-0028-02", "lot", "SPR26A");
        clinic.act(clinic.nurse, session, "device", Map.of("ndc", "50458-0028-02", "lot", "GONE"))
                .expect(409, "not-in-stock");
        clinic.act(clinic.nurse, session, "device", device).expect(200);
        clinic.wait(5);
        clinic.act(clinic.nurse, session, "device", device).expect(200);
        clinic.act(clinic.nurse, session, "finish", Map.of()).expect(200);
        clinic.wait(15);
        reading(session, 138, 4, 9);
        clinic.wait(20);
        reading(session, 142, 5, 6);
        clinic.wait(20);
        reading(session, 130, 5, 2);
        for (int i = 0; i < 5; i++) {
            clinic.wait(15);
            reading(session, 126, 5, 2);
        }
        clinic.nurse.get("/api/rems/forms/" + session).expect(404);
        try (var probe = clinic.probe()) {
            clinic.act(clinic.nurse, session, "discharge", Clinic.dischargeAnswers())
                    .expect(200);
            probe.awaitType("scheduling.rems-form-due.v1");
        }

        Answer form = clinic.nurse.get("/api/rems/forms/" + session).expect(200);
        JsonNode content = form.body().path("content");
        assertThat(form.body().path("missing")).isEmpty();
        assertThat(form.body().path("dueOn").asString())
                .isEqualTo(clinic.today().plusDays(7).toString());
        assertThat(content.path("doseMg").asInt()).isEqualTo(56);
        assertThat(content.path("devices").valueStream().map(d -> d.path("lot").asString()))
                .containsExactly("SPR26A", "SPR26A");
        assertThat(content.path("before").path("systolic").asInt()).isEqualTo(124);
        assertThat(content.path("after40").path("systolic").asInt()).isEqualTo(142);
        assertThat(content.path("beforeLeaving").path("systolic").asInt()).isEqualTo(126);
        assertThat(content.path("sedation").path("occurred").asString()).isEqualTo("yes");
        assertThat(content.path("dissociation").path("resolvedAt").asString())
                .isGreaterThan(content.path("sedation").path("resolvedAt").asString());
        assertThat(due()).contains(session);

        Answer pdf = clinic.nurse.get("/api/rems/forms/" + session + "/pdf");
        assertThat(pdf.status()).isEqualTo(200);
        assertThat(pdf.text()).startsWith("%PDF");

        ObjectNode corrected = (ObjectNode) content.deepCopy();
        ((ObjectNode) corrected.path("before")).put("systolic", 128);
        corrected.putArray("otherSedatingDrugs").add("diphenhydramine");
        corrected.putNull("readyToLeaveAt");
        String path = "/api/rems/forms/" + session;
        clinic.nurse.put(path, corrected).expect(428);
        ObjectNode upsideDown = corrected.deepCopy();
        ((ObjectNode) upsideDown.path("before")).put("diastolic", 150);
        clinic.nurse.ifMatch(form.version()).put(path, upsideDown).expect(422, "pressure-order");
        Answer open = clinic.nurse.ifMatch(form.version()).put(path, corrected).expect(200);
        assertThat(open.body().path("content").path("before").path("systolic").asInt())
                .isEqualTo(128);
        assertThat(open.body().path("prefilled").path("before").path("systolic").asInt())
                .isEqualTo(124);
        assertThat(open.body()
                        .path("corrections")
                        .valueStream()
                        .map(one -> one.path("field").asString()
                                + " "
                                + one.path("by").asString()))
                .containsExactly("before nora", "readyToLeaveAt nora", "otherSedatingDrugs nora");
        clinic.nurse.ifMatch(open.version()).post(path + "/submission").expect(422, "form-incomplete");
        corrected.set("readyToLeaveAt", content.path("readyToLeaveAt"));
        Answer whole = clinic.nurse.ifMatch(open.version()).put(path, corrected).expect(200);
        try (var probe = clinic.probe()) {
            clinic.nurse.ifMatch(whole.version()).post(path + "/submission").expect(200);
            probe.expectExactly("scheduling.rems-form-submitted.v1");
        }
        assertThat(due()).doesNotContain(session);
        Answer sent = clinic.nurse.get(path).expect(200);
        clinic.nurse.ifMatch(sent.version()).put(path, corrected).expect(409, "already-submitted");
    }

    private List<String> due() {
        return clinic.nurse
                .get("/api/rems/forms")
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .map(form -> form.path("sessionId").asString())
                .toList();
    }
}
