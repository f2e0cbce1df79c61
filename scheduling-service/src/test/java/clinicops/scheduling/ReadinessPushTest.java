package clinicops.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinicops.chassis.testing.ServiceTest;
import clinicops.contracts.IntakeEvent;
import clinicops.contracts.PulseEvent;
import clinicops.contracts.Topics;
import clinicops.outbox.OutboxStatus;
import clinicops.testing.EventProbe;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** A verdict that has changed is told by itself, soon and once. */
@ServiceTest(database = "scheduling")
class ReadinessPushTest {
    @Autowired
    ApplicationContext context;

    private Clinic clinic;

    @BeforeEach
    void open() {
        clinic = new Clinic(context);
    }

    private EventProbe pulses() {
        OutboxStatus outbox = context.getBean(OutboxStatus.class);
        return EventProbe.on(Topics.PULSES)
                .settledWhen(() -> outbox.unsent() == 0)
                .forget();
    }

    private static List<PulseEvent.ReadinessChanged> verdicts(EventProbe probe, String patient) {
        return probe.all().stream()
                .filter(event -> event.type().equals("scheduling.readiness-changed.v1"))
                .map(event -> event.body(PulseEvent.ReadinessChanged.class))
                .filter(verdict -> verdict.patientId().equals(patient))
                .toList();
    }

    @Test
    void aWithdrawnConsentChangesTheVerdictAndTheScreensAreTold() {
        String patient = clinic.readyPatient();
        try (EventProbe probe = pulses()) {
            clinic.tell("con-" + patient, clinic.consentWithdrawn(patient));
            await().until(() -> verdicts(probe, patient).stream()
                    .anyMatch(verdict -> !verdict.canBook() && verdict.rules().contains("consent-missing")));

            int told = verdicts(probe, patient).size();
            clinic.tell("con-" + patient, clinic.consentWithdrawn(patient));
            clinic.tell("ref", new IntakeEvent.PatientRegistered(patient, "ref", clinic.now()));
            clinic.tell("con-" + patient, clinic.consentSigned(patient));
            // the first one may have been told that the patient can be booked, too
            await().until(() -> verdicts(probe, patient).size() > told);
            assertThat(verdicts(probe, patient).getLast().canBook()).isTrue();
            assertThat(verdicts(probe, patient))
                    .as("what leaves the verdict as it is is told to nobody")
                    .hasSize(told + 1);
        }
    }

    @Test
    void aHouseCheckClearsTheDaysVerdictsAtOnce() {
        String patient = clinic.readyPatient();
        clinic.sessionToday(patient);
        try (EventProbe probe = pulses()) {
            clinic.nurse
                    .post("/api/house-checks", java.util.Map.of("item", "oxygen", "ok", false, "remark", "empty"))
                    .expect(201);
            await().until(() -> verdicts(probe, patient).stream()
                    .anyMatch(verdict -> verdict.rules().contains("house-check-missing")));
            clinic.checkHouse();
            await().until(() -> !verdicts(probe, patient).getLast().rules().contains("house-check-missing"));
        }
    }

    @Test
    void aReadingAtTheChairMovesTheScreensAndClearsItsBlocker() {
        String patient = clinic.readyPatient();
        String session = clinic.sessionToday(patient);
        clinic.act(clinic.nurse, session, "check-in", java.util.Map.of()).expect(200);
        try (EventProbe probe = pulses()) {
            clinic.vitals(session, 124, 78).expect(201);
            await().until(() -> probe.all().stream()
                    .filter(event -> event.type().equals("scheduling.session-progressed.v1"))
                    .anyMatch(event -> event.subject().equals(session)));
            await().until(() -> verdicts(probe, patient).stream()
                    .anyMatch(verdict -> !verdict.rules().contains("vitals-missing")));
        }
    }

    @Test
    void theWholeDayIsJudgedAtOnceWithTheAgeOfWhatIsKnown() {
        String patient = clinic.readyPatient();
        clinic.sessionToday(patient);
        String later = clinic.readyPatient();

        JsonNode day = clinic.nurse
                .get("/api/readiness?day=" + clinic.today())
                .expect(200)
                .body();

        JsonNode mine = day.path("items")
                .valueStream()
                .filter(one -> one.path("patientId").asString().equals(patient))
                .findFirst()
                .orElseThrow();
        assertThat(mine.path("heardFrom")
                        .valueStream()
                        .map(from -> from.path("service").asString() + " "
                                + !from.path("lastAt").isNull()))
                .containsExactly("intake true", "billing true");
        assertThat(day.path("items").valueStream().map(one -> one.path("patientId")
                        .asString()))
                .doesNotContain(later);
        clinic.nurse.get("/api/readiness").expect(400, "one-filter");
    }

    @Test
    void whoIsInDangerUnderADuplicateIsInDanger() {
        String patient = clinic.readyPatient();
        String duplicate = clinic.readyPatient();
        clinic.tell(
                "alert-" + duplicate,
                new IntakeEvent.SafetyAlertRaised("alert-" + duplicate, duplicate, "c-ssrs-high", clinic.now()));
        await().until(() -> clinic.blockers(duplicate).contains("safety-alert-open"));

        clinic.tell(duplicate, new IntakeEvent.PatientsMerged(patient, duplicate, clinic.now()));

        await().until(() -> clinic.blockers(duplicate).contains("patient-merged"));
        assertThat(clinic.blockers(patient)).contains("safety-alert-open");

        clinic.tell(
                duplicate,
                new IntakeEvent.PatientsUnmerged(patient, duplicate, clinic.now(), List.of("alert-" + duplicate)));
        await().until(() -> !clinic.blockers(duplicate).contains("patient-merged"));
        assertThat(clinic.blockers(patient)).doesNotContain("safety-alert-open");
        assertThat(clinic.blockers(duplicate)).contains("safety-alert-open");
    }
}
