package clinicops.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinicops.chassis.testing.ServiceTest;
import clinicops.contracts.BillingEvent;
import clinicops.contracts.IntakeEvent;
import clinicops.contracts.SchedulingEvent;
import clinicops.contracts.Topics;
import clinicops.testing.EventSender;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** What intake and billing tell, over the real broker: in order, twice, late, and broken. */
@ServiceTest(database = "scheduling")
class FactsFromOtherServicesTest {
    /** The whole run shares one count of what the clinic was told. */
    private static final long AFTER_ALL_OTHERS = 1_000_000;

    @Autowired
    ApplicationContext context;

    private Clinic clinic;

    @BeforeEach
    void open() {
        clinic = new Clinic(context);
    }

    private List<JsonNode> sessionsOf(String patient) {
        return clinic.frontDesk
                .get("/api/sessions?patientId=" + patient)
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .toList();
    }

    private List<String> deadLetterReasons() {
        return clinic.admin
                .get("/api/dead-letters?limit=200")
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .map(letter -> letter.path("reason").asString())
                .toList();
    }

    @Test
    void withdrawnConsentStopsBookingAndCancelsWhatIsBooked() {
        String patient = clinic.readyPatient();
        List<String> sessions = clinic.bookedCourse(patient);
        try (var probe = clinic.probe();
                var sender = EventSender.create()) {
            var withdrawal = sender.draft("con-" + patient, clinic.consentWithdrawn(patient))
                    .sequence(AFTER_ALL_OTHERS)
                    .time(clinic.now());
            withdrawal.send();
            var told = probe.expectExactly(
                    java.util.stream.Stream.of("scheduling.session-cancelled.v1", "scheduling.place-freed.v1")
                            .flatMap(type -> java.util.Collections.nCopies(6, type).stream())
                            .toArray(String[]::new));
            var cancelled = told.subList(0, 6);
            assertThat(cancelled).allSatisfy(event -> {
                assertThat(event.body(SchedulingEvent.SessionCancelled.class).reason())
                        .isEqualTo("consent-withdrawn");
                assertThat(sessions).contains(event.subject());
                assertThat(event.header("ce_causationid")).isNotNull();
            });
            assertThat(sessionsOf(patient))
                    .allMatch(session -> session.path("state").asString().equals("cancelled"));
            assertThat(clinic.blockers(patient)).contains("consent-missing");

            // delivered again, and a late signature from before: nothing changes
            withdrawal.send();
            sender.draft("con-" + patient, clinic.consentSigned(patient))
                    .sequence(10)
                    .time(clinic.now())
                    .send();
            clinic.tell(patient, new IntakeEvent.ClearanceLapsed(patient, "medical", clinic.now(), "expired"));
            await().until(() -> clinic.blockers(patient).contains("clearance-lapsed"));
            assertThat(clinic.blockers(patient)).contains("consent-missing");
            probe.expectSilence();
        }
    }

    @Test
    void aPatientInTheClinicWhoWithdrawsIsStoppedBeforeTheDose() {
        String patient = clinic.readyPatient();
        String session = clinic.sessionToday(patient);
        clinic.makeReady(session);
        clinic.act(clinic.prescriber, session, "order", Map.of("doseMgPerKg", 0.5, "weightKg", 70))
                .expect(200);
        clinic.act(clinic.nurse, session, "draw", Clinic.drawn(10, 3.5)).expect(200);
        clinic.setPump(session);
        clinic.act(clinic.secondNurse, session, "second-check", Map.of()).expect(200);
        clinic.tell("con-" + patient, clinic.consentWithdrawn(patient));
        await().until(() -> clinic.blockers(patient).contains("consent-missing"));

        clinic.act(clinic.nurse, session, "start", Map.of()).expect(409, "consent-missing");

        assertThat(clinic.state(session)).isEqualTo("ready-to-dose");
    }

    @Test
    void anAuthorizationThatIsUsedUpStopsTheNextDose() {
        String patient = Clinic.newPatientId();
        clinic.tell(
                patient,
                new IntakeEvent.PatientCleared(
                        patient, clinic.now(), clinic.today().plusDays(90), null));
        clinic.tell("con-" + patient, clinic.consentSigned(patient));
        clinic.tell("plan-" + patient, clinic.plan(patient));
        clinic.tell(
                "cov-" + patient,
                new BillingEvent.BenefitsChecked("cov-" + patient, patient, true, true, clinic.today(), clinic.now()));
        await().until(() -> clinic.blockers(patient).equals(List.of("payment-open", "no-session-today")));
        clinic.tell(
                "auth-" + patient,
                new BillingEvent.AuthorizationGranted(
                        "auth-" + patient,
                        patient,
                        6,
                        clinic.today(),
                        clinic.today().plusDays(60),
                        clinic.now()));
        await().until(() -> clinic.canBook(patient));
        String session = clinic.sessionToday(patient);
        clinic.startDose(session);
        assertThat(clinic.session(session).body().path("paidBy").path("id").asString())
                .isEqualTo("auth-" + patient);

        // the payer cuts it down to what was attended
        clinic.tell(
                "auth-" + patient,
                new BillingEvent.AuthorizationGranted(
                        "auth-" + patient,
                        patient,
                        1,
                        clinic.today(),
                        clinic.today().plusDays(60),
                        clinic.now()));
        await().until(() -> clinic.blockers(patient).contains("payment-open"));
    }

    @Test
    void aPoisonEventBecomesADeadLetterAndItsPartitionGoesOn() {
        String patient = clinic.readyPatient();
        try (var sender = EventSender.create()) {
            sender.draft(Topics.INTAKE, "intake.patient-cleared.v1")
                    .key(patient)
                    .raw("{\"patientId\": ")
                    .send();
            sender.draft(Topics.INTAKE, "intake.no-such-thing.v1").key(patient).send();
            // every part is there, but no course could follow it
            sender.draft("plan-x", impossiblePlan(patient))
                    .sequence(AFTER_ALL_OTHERS)
                    .send();
            // a newer version of a known event: what is new about it is ignored
            sender.draft("con-" + patient, clinic.consentWithdrawn(patient))
                    .sequence(AFTER_ALL_OTHERS)
                    .time(clinic.now())
                    .raw("""
                            {"consentId": "c", "patientId": "%s", "drug": "ketamine", "route": "iv",
                             "withdrawnAt": "%s", "reasonAddedLater": "moved away"}""".formatted(patient, clinic.now()))
                    .send();
        }
        await().until(() -> clinic.blockers(patient).contains("consent-missing"));
        assertThat(deadLetterReasons()).hasSizeGreaterThanOrEqualTo(3).contains("plan-impossible");
        assertThat(clinic.blockers(patient)).doesNotContain("plan-missing", "clearance-missing");
    }

    private IntakeEvent.TreatmentPlanApproved impossiblePlan(String patient) {
        var plan = clinic.plan(patient);
        return new IntakeEvent.TreatmentPlanApproved(
                plan.planId(),
                patient,
                2,
                plan.diagnosisCode(),
                plan.drug(),
                plan.route(),
                plan.doseLowMgPerKg(),
                plan.doseHighMgPerKg(),
                0,
                1,
                14,
                21,
                "paula",
                clinic.now());
    }
}
