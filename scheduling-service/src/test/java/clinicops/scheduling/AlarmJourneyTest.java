package clinicops.scheduling;

import static clinicops.scheduling.ClinicAlarms.alarms;
import static clinicops.scheduling.ClinicAlarms.kinds;
import static clinicops.scheduling.ClinicAlarms.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinicops.chassis.testing.ServiceTest;
import clinicops.contracts.SchedulingEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** Alarms from the reading that raises them to the one who looks. */
@ServiceTest(database = "monitor")
class AlarmJourneyTest {
    @Autowired
    ApplicationContext context;

    private Clinic clinic;

    @BeforeEach
    void open() {
        clinic = new Clinic(context);
    }

    private String dosing() {
        String session = clinic.sessionToday(clinic.readyPatient());
        clinic.startDose(session);
        return session;
    }

    private JsonNode send(String session, Map<String, Object> values) {
        Map<String, Object> reading = new HashMap<>(values);
        reading.put("takenAt", clinic.now().toString());
        return clinic.nurse
                .post("/api/sessions/" + session + "/vitals", reading)
                .expect(201)
                .body();
    }

    @Test
    void aPressureFarAboveTheOwnBaselineSoundsUntilSomebodyLooks() {
        String session = dosing();
        try (var probe = clinic.probe()) {
            // the baseline was 124/78
            send(session, Map.of("systolic", 166, "diastolic", 90));
            JsonNode alarm = alarms(clinic, session).getFirst();
            assertThat(alarm.path("kind").asString()).isEqualTo("systolic-rise");
            assertThat(alarm.path("value").asInt()).isEqualTo(166);
            assertThat(alarm.path("limit").asInt()).isEqualTo(164);
            assertThat(told(alarm)).containsExactly("nurse-at-chair");

            clinic.wait(2);
            await().until(() -> told(alarms(clinic, session).getFirst()).equals(List.of("nurse-at-chair", "nurses")));
            // another high one is the same alarm, a normal one ends its cause but not its sound
            send(session, Map.of("systolic", 170, "diastolic", 90));
            send(session, Map.of("systolic", 130, "diastolic", 80));
            JsonNode over = alarms(clinic, session).getFirst();
            assertThat(over.path("overAt").isNull()).isFalse();
            assertThat(over.path("acknowledgedAt").isNull()).isTrue();

            String acknowledgement = "/api/alarms/" + over.path("id").asString() + "/acknowledgement";
            clinic.frontDesk.post(acknowledgement, Map.of("artefact", false)).expect(403);
            clinic.nurse.post(acknowledgement, Map.of("artefact", false)).expect(200);
            JsonNode second = clinic.prescriber
                    .post(acknowledgement, Map.of("artefact", true))
                    .expect(200)
                    .body();
            assertThat(second.path("acknowledgedBy").asString()).isEqualTo("nora");
            assertThat(second.path("artefact").asBoolean()).isFalse();

            probe.awaitType("scheduling.alarm-acknowledged.v1");
            var events = probe.about(over.path("id").asString());
            assertThat(events).hasSize(2);
            assertThat(events.getFirst().body(SchedulingEvent.AlarmRaised.class).kind())
                    .isEqualTo("systolic-rise");
            assertThat(events.getLast().text()).doesNotContain("166", "170");
        }
        clinic.nurse.post("/api/alarms/nothing/acknowledgement").expect(404);
    }

    @Test
    void aDevicesLowSaturationSoundsAfter15Seconds() {
        String session = dosing();
        send(session, Map.of("spo2", 88, "source", "device"));
        assertThat(kinds(clinic, session)).isEmpty();
        clinic.moveTo(clinic.now().plusSeconds(15));
        await().until(() -> kinds(clinic, session).equals(List.of("spo2-low")));
        String alarm = alarms(clinic, session).getFirst().path("id").asString();
        clinic.nurse
                .post("/api/alarms/" + alarm + "/acknowledgement", Map.of("artefact", true))
                .expect(200);
        // the probe still slips: quiet for some minutes
        send(session, Map.of("spo2", 87));
        assertThat(kinds(clinic, session)).containsExactly("spo2-low");
        // a nurse's reading sounds at once, and after the time it is heard again
        clinic.wait(6);
        send(session, Map.of("spo2", 87));
        assertThat(kinds(clinic, session)).containsExactly("spo2-low", "spo2-low");
    }

    @Test
    void aReadingThatIsOverdueSoundsOnce() {
        String session = dosing();
        clinic.wait(21);
        await().until(() -> kinds(clinic, session).equals(List.of("reading-overdue")));
        clinic.vitals(session, 126, 80).expect(201);
        assertThat(alarms(clinic, session).getFirst().path("overAt").isNull()).isFalse();
        assertThat(clinic.nurse
                        .get("/api/alarms?open=true&limit=200")
                        .expect(200)
                        .body()
                        .path("items")
                        .valueStream()
                        .map(alarm -> alarm.path("sessionId").asString()))
                .contains(session);
    }

    @Test
    void anOverdueReadingThatIsOnlyAcknowledgedSoundsAgain() {
        String session = dosing();
        clinic.wait(21);
        await().until(() -> kinds(clinic, session).equals(List.of("reading-overdue")));
        String alarm = alarms(clinic, session).getFirst().path("id").asString();
        clinic.nurse
                .post("/api/alarms/" + alarm + "/acknowledgement", Map.of("artefact", false))
                .expect(200);
        clinic.wait(4);
        assertThat(kinds(clinic, session)).hasSize(1);

        clinic.wait(1);
        await().until(() -> kinds(clinic, session).equals(List.of("reading-overdue", "reading-overdue")));
        JsonNode again = alarms(clinic, session).getLast();
        assertThat(told(again)).contains("nurse-at-chair");
        assertThat(again.path("acknowledgedAt").isNull()).isTrue();

        clinic.vitals(session, 126, 80).expect(201);
        assertThat(alarms(clinic, session).getLast().path("overAt").isNull()).isFalse();
        clinic.nurse
                .post("/api/sessions/" + session + "/leave-against-advice", Map.of())
                .expect(200);
    }

    @Test
    void aReadingInDoubtSoundsNothing() {
        String session = dosing();
        Map<String, Object> reading = Clinic.reading(clinic.now().minus(Duration.ofDays(1)), 210, 120);
        clinic.nurse.post("/api/sessions/" + session + "/vitals", reading).expect(201);
        assertThat(kinds(clinic, session)).isEmpty();
    }

    @Test
    void thePrescriberIsToldAtOnceThatAPatientLeft() {
        String session = dosing();
        clinic.wait(10);
        try (var probe = clinic.probe()) {
            clinic.nurse.post("/api/sessions/" + session + "/transfer").expect(200);
            var given = probe.awaitType("scheduling.patient-transferred.v1")
                    .body(SchedulingEvent.PatientTransferred.class)
                    .given();
            assertThat(given).isNotNull();
            assertThat(given.doseMg()).isBetween(new java.math.BigDecimal("9.0"), new java.math.BigDecimal("9.2"));
        }
        assertThat(told(alarms(clinic, session).getFirst())).containsExactly("prescribers");
    }
}
