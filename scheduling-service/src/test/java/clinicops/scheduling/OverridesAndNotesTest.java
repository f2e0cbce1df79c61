package clinicops.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** What a nurse asks and a prescriber decides elsewhere, and the notes that wait for a signature. */
@ServiceTest(database = "scheduling")
class OverridesAndNotesTest {
    @Autowired
    ApplicationContext context;

    private Clinic clinic;

    @BeforeEach
    void open() {
        clinic = new Clinic(context);
    }

    private JsonNode ask(String session, String... rules) {
        return clinic.nurse
                .post(
                        "/api/sessions/" + session + "/overrides",
                        Map.of("rules", List.of(rules), "reason", "spouse is an intensive care nurse"))
                .expect(201)
                .body();
    }

    private static String id(JsonNode override) {
        return override.path("id").asString();
    }

    private String recovering() {
        String session = clinic.sessionToday(clinic.readyPatient());
        clinic.startDose(session);
        clinic.watch(session, 40);
        clinic.act(clinic.nurse, session, "finish", Map.of()).expect(200);
        clinic.watch(session, 30);
        return session;
    }

    private String discharged() {
        String session = recovering();
        clinic.watch(session, 31);
        clinic.act(clinic.nurse, session, "discharge", Clinic.dischargeAnswers())
                .expect(200);
        return session;
    }

    @Test
    void aPrescriberApprovesFromTheOwnDeviceAndTheNurseGoesOn() {
        String session = recovering();
        clinic.act(clinic.nurse, session, "discharge", Clinic.dischargeAnswers())
                .expect(422, "observation-time");
        try (var probe = clinic.probe()) {
            JsonNode asked = ask(session, "observation-time");
            assertThat(clinic.prescriber
                            .get("/api/overrides")
                            .expect(200)
                            .body()
                            .path("items")
                            .valueStream()
                            .map(OverridesAndNotesTest::id))
                    .contains(id(asked));
            // asked is not granted
            clinic.act(clinic.nurse, session, "discharge", Clinic.dischargeAnswers())
                    .expect(422, "observation-time");
            clinic.nurse
                    .ifMatch(asked.path("version").asLong())
                    .post("/api/overrides/" + id(asked) + "/approval")
                    .expect(403);
            clinic.prescriber.post("/api/overrides/" + id(asked) + "/approval").expect(428);
            long version = clinic.prescriber
                    .ifMatch(asked.path("version").asLong())
                    .post("/api/overrides/" + id(asked) + "/approval", Map.of("reason", "agreed by phone"))
                    .expect(200)
                    .version();
            clinic.prescriber
                    .ifMatch(version)
                    .post("/api/overrides/" + id(asked) + "/refusal", Map.of("reason", "changed my mind"))
                    .expect(409, "override-decided");
            JsonNode gone = clinic.act(clinic.nurse, session, "discharge", Clinic.dischargeAnswers())
                    .expect(200)
                    .body();
            assertThat(gone.path("discharge").path("failed").valueStream().map(JsonNode::asString))
                    .containsExactly("observation-time");
            assertThat(gone.path("discharge").path("overrideReason").asString())
                    .isEqualTo("paula: spouse is an intensive care nurse");
            probe.expectExactly(
                    "scheduling.override-asked.v1",
                    "scheduling.override-decided.v1",
                    "scheduling.session-completed.v1");
        }
    }

    @Test
    void anOverrideHoldsForItsRulesAloneAndEndsWithItsSession() {
        String session = recovering();
        JsonNode asked = ask(session, "gait");
        clinic.prescriber
                .ifMatch(asked.path("version").asLong())
                .post("/api/overrides/" + id(asked) + "/approval")
                .expect(200);
        clinic.act(clinic.nurse, session, "discharge", Clinic.dischargeAnswers())
                .expect(422, "observation-time");
        JsonNode open = ask(session, "observation-time");
        clinic.nurse
                .post(
                        "/api/sessions/" + session + "/overrides",
                        Map.of("rules", List.of("consent-missing"), "reason", "in a hurry"))
                .expect(422, "not-overridable");
        clinic.nurse.post("/api/sessions/" + session + "/leave-against-advice").expect(200);
        assertThat(clinic.prescriber
                        .get("/api/sessions/" + session + "/overrides")
                        .expect(200)
                        .body()
                        .path("items")
                        .valueStream()
                        .filter(one -> id(one).equals(id(open)))
                        .map(one -> one.path("state").asString()))
                .containsExactly("expired");
        clinic.nurse
                .post("/api/sessions/" + session + "/overrides", Map.of("rules", List.of("gait"), "reason", "too late"))
                .expect(409, "session-state");
    }

    @Test
    void whoAsksDoesNotDecide() {
        String session = recovering();
        JsonNode asked = clinic.prescriber
                .post("/api/sessions/" + session + "/overrides", Map.of("rules", List.of("gait"), "reason", "limp"))
                .expect(201)
                .body();
        clinic.prescriber
                .ifMatch(asked.path("version").asLong())
                .post("/api/overrides/" + id(asked) + "/approval")
                .expect(422, "second-person");
        clinic.nurse.post("/api/sessions/" + session + "/leave-against-advice").expect(200);
    }

    @Test
    void aHeldPatientPassesTheGateWithAnApprovedOverride() {
        String session = clinic.sessionToday(clinic.readyPatient());
        clinic.act(clinic.nurse, session, "check-in", Map.of()).expect(200);
        clinic.vitals(session, 124, 78).expect(201);
        Map<String, Object> answers = new HashMap<>(Clinic.gateAnswers());
        answers.put("fastingSolidsHours", 5);
        clinic.act(clinic.nurse, session, "gate", answers).expect(200);
        assertThat(clinic.state(session)).isEqualTo("held");
        JsonNode asked = ask(session, "fasting-solids");
        clinic.prescriber
                .ifMatch(asked.path("version").asLong())
                .post("/api/overrides/" + id(asked) + "/approval")
                .expect(200);
        JsonNode ready =
                clinic.act(clinic.nurse, session, "gate", answers).expect(200).body();
        assertThat(ready.path("state").asString()).isEqualTo("ready-to-dose");
        assertThat(ready.path("gate").path("overridden").valueStream().map(JsonNode::asString))
                .containsExactly("fasting-solids");
        clinic.nurse.post("/api/sessions/" + session + "/leave-against-advice").expect(200);
    }

    private List<String> queue() {
        return clinic.prescriber
                .get("/api/notes?state=unsigned&limit=200")
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .map(note -> note.path("sessionId").asString())
                .toList();
    }

    @Test
    void aNoteWaitsInTheQueueUntilItIsSignedAndIsOnlyAddedToAfterwards() {
        String first = discharged();
        String second = discharged();
        assertThat(queue().indexOf(first)).isLessThan(queue().indexOf(second)).isNotNegative();
        onNote(first, "addendum", Map.of("text", "more")).expect(409, "note-not-signed");
        onNote(first, "note", Map.of("assessment", "Tolerated well; mood brighter."))
                .expect(200);
        onNote(first, "sign-note", Map.of()).expect(200);
        onNote(first, "note", Map.of("assessment", "changed")).expect(409, "note-signed");
        JsonNode added = onNote(first, "addendum", Map.of("text", "Called next day: well."))
                .expect(200)
                .body();
        assertThat(added.path("note").path("assessment").asString()).startsWith("Tolerated");
        assertThat(added.path("note").path("addenda").size()).isEqualTo(1);
        assertThat(added.path("note").path("lines").valueStream().map(JsonNode::asString))
                .anySatisfy(line -> assertThat(line).startsWith("Vitals: "));
        assertThat(queue()).doesNotContain(first).contains(second);
        onNote(second, "sign-note", Map.of()).expect(200);
    }

    /** The clock may find the note overdue at the same moment: then the prescriber looks again, as the screen does. */
    private Answer onNote(String session, String action, Map<String, ?> body) {
        Answer answer = clinic.act(clinic.prescriber, session, action, body);
        return answer.status() == 412 ? clinic.act(clinic.prescriber, session, action, body) : answer;
    }

    @Test
    void aNoteThatNobodySignsWithinADayAlarmsThePrescribersOnce() {
        String session = discharged();
        clinic.wait(24 * 60 + 1);
        await().until(() -> kinds(session).contains("note-overdue"));
        assertThat(clinic.prescriber
                        .get("/api/notes?limit=200")
                        .expect(200)
                        .body()
                        .path("items")
                        .valueStream()
                        .filter(note -> note.path("sessionId").asString().equals(session))
                        .map(note -> note.path("overdue").asBoolean()))
                .containsExactly(true);
        clinic.act(clinic.prescriber, session, "sign-note", Map.of()).expect(200);
        assertThat(kinds(session)).containsOnlyOnce("note-overdue");
    }

    private List<String> kinds(String session) {
        return clinic.nurse
                .get("/api/alarms?sessionId=" + session)
                .body()
                .path("items")
                .valueStream()
                .map(alarm -> alarm.path("kind").asString())
                .toList();
    }
}
