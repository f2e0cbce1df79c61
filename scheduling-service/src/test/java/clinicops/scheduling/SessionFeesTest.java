package clinicops.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinicops.chassis.Role;
import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import clinicops.contracts.BillingEvent;
import clinicops.contracts.IntakeEvent;
import clinicops.contracts.SchedulingEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import tools.jackson.databind.JsonNode;

/** Fees are said before, due after, and waived with a reason by those who see money. */
@ServiceTest(database = "scheduling")
class SessionFeesTest {
    @Autowired
    ApplicationContext context;

    @Autowired
    MongoTemplate mongo;

    private Clinic clinic;
    private ServiceDoor biller;
    private String patient;
    private List<String> sessions;

    @BeforeEach
    void book() {
        clinic = new Clinic(context);
        biller = ServiceDoor.of(context).as("bill", Role.BILLER);
        patient = clinic.readyPatient();
        sessions = clinic.bookedCourse(patient);
    }

    private void lateFor(String session) {
        clinic.moveTo(Instant.parse(Clinic.text(clinic.session(session).body(), "startsAt"))
                .minus(Duration.ofHours(3)));
    }

    private JsonNode cost(String session, String action, String reason) {
        return clinic.frontDesk
                .get("/api/sessions/" + session + "/cancellation-terms")
                .expect(200)
                .body()
                .path("costs")
                .valueStream()
                .filter(cost -> Clinic.text(cost, "action").equals(action)
                        && (reason.isEmpty() || Clinic.text(cost, "reason").equals(reason)))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode fees(ServiceDoor who) {
        return who.get("/api/session-fees?patientId=" + patient)
                .expect(200)
                .body()
                .path("items");
    }

    @Test
    void aLateCancellationCostsWhatWasSaidBeforeAndTheBillerWaivesIt() {
        String session = sessions.getFirst();
        lateFor(session);
        JsonNode said = cost(session, "cancel", "patient");
        assertThat(Clinic.text(said, "because")).isEqualTo("late");
        assertThat(cost(session, "cancel", "clinic")
                        .path("amount")
                        .path("cents")
                        .asInt())
                .isZero();

        try (var heard = clinic.probe()) {
            clinic.act(clinic.frontDesk, session, "cancel", Map.of("reason", "patient"))
                    .expect(200);
            var due = heard.awaitType("scheduling.session-fee-due.v1").body(SchedulingEvent.SessionFeeDue.class);
            assertThat(due.amount().cents())
                    .isEqualTo(said.path("amount").path("cents").asLong());
            assertThat(due.sessionId()).isEqualTo(session);
        }

        JsonNode line = fees(biller).get(0);
        assertThat(Clinic.text(line, "sessionId")).isEqualTo(session);
        var waive = biller.ifMatch(line.path("version").asLong());
        biller.post("/api/sessions/" + session + "/waive-fee", Map.of("reason", "snow"))
                .expect(428);
        waive.post("/api/sessions/" + session + "/waive-fee", Map.of("reason", " "))
                .expect(400);
        try (var heard = clinic.probe()) {
            Answer waived = waive.post(
                            "/api/sessions/" + session + "/waive-fee", Map.of("reason", "the road was closed"))
                    .expect(200);
            assertThat(Clinic.text(waived.body().path("fee").path("waiver"), "by"))
                    .isEqualTo("bill");
            // nothing of what was done in the session
            assertThat(waived.body().has("gate")).isFalse();
            assertThat(heard.awaitType("scheduling.session-fee-waived.v1").subject())
                    .isEqualTo(session);
        }
        waive.post("/api/sessions/" + session + "/waive-fee", Map.of("reason", "again"))
                .expect(412);
        biller.ifMatch(fees(biller).get(0).path("version").asLong())
                .post("/api/sessions/" + session + "/waive-fee", Map.of("reason", "again"))
                .expect(409, "fee-waived");
    }

    @Test
    void theTherapistSeesNoMoney() {
        String session = sessions.getFirst();
        lateFor(session);
        clinic.act(clinic.frontDesk, session, "cancel", Map.of("reason", "patient"))
                .expect(200);

        assertThat(clinic.frontDesk
                        .get("/api/sessions/" + session)
                        .expect(200)
                        .body()
                        .path("fee")
                        .isObject())
                .isTrue();
        assertThat(clinic.therapist
                        .get("/api/sessions/" + session)
                        .expect(200)
                        .body()
                        .path("fee")
                        .isObject())
                .isFalse();
        clinic.therapist.get("/api/session-fees?patientId=" + patient).expect(403);
        clinic.nurse.get("/api/session-fees?patientId=" + patient).expect(403);
    }

    @Test
    void aPatientUnderMedicaidPaysNothingForNotComing() {
        String session = sessions.getFirst();
        assertThat(Clinic.text(cost(session, "miss", ""), "because")).isEqualTo("missed");
        clinic.tell(
                "cov-" + patient,
                new BillingEvent.CoverageRecorded("cov-" + patient, patient, 2, "NYMD", "medicaid", clinic.now()));
        await().untilAsserted(() ->
                assertThat(Clinic.text(cost(session, "miss", ""), "because")).isEqualTo("payer"));

        clinic.moveTo(Instant.parse(Clinic.text(clinic.session(session).body(), "startsAt"))
                .plusSeconds(1800));
        clinic.act(clinic.frontDesk, session, "miss", Map.of()).expect(200);

        assertThat(fees(clinic.frontDesk).size()).isZero();
        clinic.act(clinic.frontDesk, session, "waive-fee", Map.of("reason", "none due"))
                .expect(409, "no-fee");
    }

    @Test
    void nothingIsDueUntilBillingKnowsThePayerWhomThePatientNamed() {
        String session = sessions.getFirst();
        clinic.tell(patient, new IntakeEvent.CoverageReported(patient, 1, "NEWPLAN", null, "sealed", clinic.now()));
        await().untilAsserted(() ->
                assertThat(Clinic.text(cost(session, "miss", ""), "because")).isEqualTo("payer-unknown"));
        assertThat(cost(session, "miss", "").path("amount").path("cents").asInt())
                .isZero();

        clinic.tell(
                "cov-" + patient,
                new BillingEvent.CoverageRecorded("cov-" + patient, patient, 1, "NEWPLAN", "commercial", clinic.now()));
        await().untilAsserted(() ->
                assertThat(Clinic.text(cost(session, "miss", ""), "because")).isEqualTo("missed"));
    }

    /** As a clinic has it that was there before payers were listened to. */
    @Test
    void nothingIsDueFromAPatientWhosePayerWasToldBeforeAnybodyListened() {
        String session = sessions.getFirst();
        mongo.updateFirst(
                Query.query(Criteria.where("_id").is(patient)),
                new Update().unset("payersFromTheStart"),
                "patient_facts");
        assertThat(Clinic.text(cost(session, "miss", ""), "because")).isEqualTo("payer-unknown");

        clinic.moveTo(Instant.parse(Clinic.text(clinic.session(session).body(), "startsAt"))
                .plusSeconds(1800));
        clinic.act(clinic.frontDesk, session, "miss", Map.of()).expect(200);
        assertThat(fees(clinic.frontDesk).size()).isZero();

        clinic.tell(
                "cov-" + patient,
                new BillingEvent.CoverageRecorded("cov-" + patient, patient, 1, "BLUE", "commercial", clinic.now()));
        await().untilAsserted(() -> assertThat(Clinic.text(cost(sessions.getLast(), "miss", ""), "because"))
                .isEqualTo("missed"));
    }
}
