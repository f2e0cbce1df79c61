package clinicops.intake;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.ServiceTest;
import clinicops.contracts.Topics;
import clinicops.outbox.OutboxStatus;
import clinicops.testing.EventProbe;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** Whatever is sent: a problem with field and rule, 4xx, and nothing half-written. */
@ServiceTest(database = "intake")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    private static final String NOBODY = "00000000-0000-7000-8000-000000000000";
    private static final JsonMapper JSON = new JsonMapper();

    @Autowired
    ApplicationContext context;

    @Autowired
    OutboxStatus outbox;

    private Clinic clinic;
    /** Not screened yet. */
    private String referred;

    private String cleared;

    @BeforeAll
    void open() {
        clinic = new Clinic(context);
        referred = clinic.refer();
        cleared = clinic.clearedPatient();
    }

    static Stream<Arguments> screenings() {
        return Stream.of(
                bad("nothing at all", "", 400),
                bad("no JSON", "{\"phq9\":", 400),
                bad("another shape", "[]", 400),
                bad("a scalar", "7", 400),
                bad("null", "null", 400),
                bad("an unknown field", with(Clinic.screening(), "mood", 3), 400, "mood"),
                bad("no answers", without(Clinic.screening(), "phq9"), 400, "phq9"),
                bad("answers missing", with(Clinic.screening(), "phq9", List.of(1, 2)), 400, "phq9"),
                bad("answers too many", with(Clinic.screening(), "phq9", Collections.nCopies(10, 1)), 400, "phq9"),
                bad(
                        "an answer out of range",
                        with(Clinic.screening(), "phq9", List.of(4, 0, 0, 0, 0, 0, 0, 0, 0)),
                        400),
                bad("a negative answer", with(Clinic.screening(), "phq9", List.of(-1, 0, 0, 0, 0, 0, 0, 0, 0)), 400),
                bad("half an answer", with(Clinic.screening(), "phq9", List.of(1.5, 0, 0, 0, 0, 0, 0, 0, 0)), 400),
                bad("text for an answer", with(Clinic.screening(), "phq9", List.of("x", 0, 0, 0, 0, 0, 0, 0, 0)), 400),
                bad("text for the answers", with(Clinic.screening(), "phq9", "often"), 400),
                bad("no history", without(Clinic.screening(), "history"), 400, "history"),
                bad("an unknown condition", Clinic.screeningWith("conditions", List.of("gout")), 400),
                bad("a number for conditions", Clinic.screeningWith("conditions", 3), 400),
                bad("an empty drug", Clinic.screeningWith("drugs", List.of(" ")), 400),
                bad("a drug too long", Clinic.screeningWith("drugs", List.of("x".repeat(101))), 400),
                bad(
                        "too many drugs",
                        Clinic.screeningWith("drugs", Collections.nCopies(51, "x")),
                        400,
                        "history.drugs"),
                bad("no pressure", history("systolic", null), 400, "history.systolic"),
                bad("a pressure beyond the scale", Clinic.screeningWith("systolic", 301), 400, "history.systolic"),
                bad("pressures swapped", Clinic.screeningWith("diastolic", 130), 422, "history.diastolic"),
                bad("an absurd weight", Clinic.screeningWith("weightKg", 4000), 400, "history.weightKg"),
                bad("a weight as text", Clinic.screeningWith("weightKg", "heavy"), 400),
                bad("a wrong code", Clinic.screeningWith("pregnancy", "maybe"), 400),
                bad("failed treatments below zero", Clinic.screeningWith("failedTreatments", -1), 400),
                bad(
                        "a screener that was opened and not asked",
                        Clinic.screening(Collections.nCopies(8, 0), 1, null),
                        422,
                        "cssrs"),
                bad("a screener with a gap", cssrs(Map.of("q1", true, "q2", true, "q6", "no")), 422, "cssrs.q3"),
                bad("a screener without behaviour", cssrs(Map.of("q1", true, "q2", false)), 400, "cssrs.q6"),
                bad(
                        "a screener that contradicts itself",
                        cssrs(Map.of("q1", true, "q2", false, "q5", true, "q6", "no")),
                        422,
                        "cssrs.q5"),
                bad("a wrong code in the screener", cssrs(Map.of("q1", true, "q2", false, "q6", "often")), 400));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("screenings")
    void aScreening(String what, String body, int status, @Nullable String field) {
        refusedWithoutTrace(
                clinic.nurse(), "PUT", "/api/patients/" + referred + "/screening", body, status, field, referred);
    }

    static Stream<Arguments> clearances() {
        return Stream.of(
                bad("no decision", Map.of(), 400, "decision"),
                bad("a wrong decision", Map.of("decision", "perhaps"), 400),
                bad("an unknown field", Map.of("decision", "cleared", "until", "2030-01-01"), 400, "until"),
                bad("a reason too long", Map.of("decision", "declined", "reason", "x".repeat(1001)), 400, "reason"),
                bad("a refusal without reason", Map.of("decision", "declined", "reason", " "), 422, "reason"),
                bad(
                        "a review without reason",
                        Map.of("decision", "cleared", "reviewed", List.of(Map.of("finding", "age"))),
                        400),
                bad(
                        "a review of no finding",
                        Map.of(
                                "decision",
                                "cleared",
                                "reviewed",
                                List.of(Map.of("finding", "astrology", "reason", "stars"))),
                        422,
                        "reviewed"),
                bad("an object for the reviews", Map.of("decision", "cleared", "reviewed", Map.of()), 400));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clearances")
    void aClearance(String what, String body, int status, @Nullable String field) {
        refusedWithoutTrace(
                clinic.prescriber().ifMatch(clinic.version(cleared)),
                "PUT",
                "/api/patients/" + cleared + "/clearances/medical",
                body,
                status,
                field,
                cleared);
    }

    static Stream<Arguments> consents() {
        return Stream.of(
                bad("no drug", without(new HashMap<>(Clinic.consent()), "drug"), 400, "drug"),
                bad("a drug without text", with(new HashMap<>(Clinic.consent()), "drug", "propofol"), 422, "drug"),
                bad(
                        "another text",
                        with(new HashMap<>(Clinic.consent()), "textVersion", "1999-01"),
                        422,
                        "textVersion"),
                bad("no signature", with(new HashMap<>(Clinic.consent()), "signature", " "), 400, "signature"),
                bad("a signature too long", with(new HashMap<>(Clinic.consent()), "signature", "x".repeat(201)), 400),
                bad("an unknown field", with(new HashMap<>(Clinic.consent()), "route", "iv"), 400, "route"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("consents")
    void aConsent(String what, String body, int status, @Nullable String field) {
        refusedWithoutTrace(
                clinic.nurse(), "PUT", "/api/patients/" + cleared + "/consents/iv", body, status, field, cleared);
    }

    static Stream<Arguments> plans() {
        return Stream.of(
                bad("no diagnosis", without(Clinic.plan(), "diagnosisCode"), 400, "diagnosisCode"),
                bad("no such diagnosis", with(Clinic.plan(), "diagnosisCode", "sad"), 400, "diagnosisCode"),
                bad("a wrong route", with(Clinic.plan(), "route", "rectal"), 400),
                bad("a dose above the cap", with(Clinic.plan(), "doseHighMgPerKg", 1.1), 422, "doseHighMgPerKg"),
                bad("no dose", with(Clinic.plan(), "doseLowMgPerKg", 0), 400, "doseLowMgPerKg"),
                bad("a dose as text", with(Clinic.plan(), "doseLowMgPerKg", "half"), 400),
                bad("half a session", with(Clinic.plan(), "sessions", 2.5), 400),
                bad("sessions without end", with(Clinic.plan(), "sessions", 1_000_000_000_000L), 400),
                bad("fewer sessions than none", with(Clinic.plan(), "sessions", -1), 400, "sessions"),
                // tablets at home alone have none; infusions have
                bad("no sessions", with(Clinic.plan(), "sessions", 0), 422, "sessions"),
                bad("a gap that does not fit", with(Clinic.plan(), "minGapDays", 20), 422, "minGapDays"),
                bad("an unknown field", with(Clinic.plan(), "approvedBy", "me"), 400, "approvedBy"),
                bad("no consent", Clinic.plan(), 422));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plans")
    void aPlan(String what, String body, int status, @Nullable String field) {
        refusedWithoutTrace(
                clinic.prescriber(), "PUT", "/api/patients/" + cleared + "/plan", body, status, field, cleared);
    }

    @Test
    void idsThatDoNotExist() {
        String path = "/api/patients/" + NOBODY;
        clinic.nurse().get(path).expect(404, "not-found");
        clinic.nurse().put(path + "/screening", Clinic.screening()).expect(404, "not-found");
        clinic.prescriber()
                .ifMatch(1)
                .put(path + "/clearances/medical", Clinic.cleared())
                .expect(404, "not-found");
        clinic.nurse().put(path + "/consents/iv", Clinic.consent()).expect(404, "not-found");
        clinic.nurse().delete(path + "/consents/iv").expect(404, "not-found");
        clinic.prescriber().put(path + "/plan", Clinic.plan()).expect(404, "not-found");
        clinic.nurse().post("/api/safety-alerts/" + NOBODY + "/acknowledgement").expect(404, "not-found");
        clinic.nurse().get("/api/patients/%7B%22$gt%22:%22%22%7D").expect(404, "not-found");
    }

    @Test
    void pathsAndParametersThatMakeNoSense() {
        problem(clinic.nurse().put("/api/patients/" + cleared + "/consents/moon", Clinic.consent()), 400, "route");
        problem(clinic.nurse().get("/api/patients?status=asleep"), 400, "status");
        problem(clinic.nurse().get("/api/patients?q=%20"), 400, "q");
        problem(clinic.nurse().get("/api/patients?q=" + "x".repeat(101)), 400, "q");
        problem(clinic.nurse().get("/api/patients?ids=,"), 400, "ids");
        problem(clinic.nurse().get("/api/patients?limit=0"), 400, "limit");
        problem(clinic.nurse().get("/api/patients?limit=many"), 400, "limit");
        problem(clinic.nurse().get("/api/patients?cursor=***"), 400, "cursor");
        problem(clinic.nurse().get("/api/safety-alerts?open=perhaps"), 400, "open");
    }

    @Test
    void aDecisionOnAnOldVersionIsRefusedWithWhatChanged() {
        String id = clinic.refer();
        clinic.screen(id, Clinic.screening()).expect(200);
        String path = "/api/patients/" + id + "/clearances/medical";

        clinic.prescriber().put(path, Clinic.cleared()).expect(428);
        problem(clinic.prescriber().with("If-Match", "*").put(path, Clinic.cleared()), 400, "If-Match");
        var stale = clinic.prescriber().ifMatch(1).put(path, Clinic.cleared()).expect(412);
        assertThat(stale.body().path("currentVersion").asLong()).isEqualTo(2);
        assertThat(stale.body().path("changes").toString()).contains("record-screening");
        clinic.nurse()
                .put("/api/patients/" + id + "/screening", Clinic.screening())
                .expect(428);
        clinic.nurse()
                .ifMatch(1)
                .put("/api/patients/" + id + "/screening", Clinic.screening())
                .expect(412);
        assertThat(clinic.version(id)).isEqualTo(2);
    }

    private void refusedWithoutTrace(
            ServiceDoor door,
            String method,
            String path,
            String body,
            int status,
            @Nullable String field,
            String patientId) {
        var before = clinic.prescriber().get("/api/patients/" + patientId).expect(200);
        try (var probe = EventProbe.on(Topics.INTAKE).settledWhen(() -> outbox.unsent() == 0)) {
            probe.forget();

            problem(door.send(method, path, body), status, field);

            probe.expectSilence();
        }
        var after = clinic.prescriber().get("/api/patients/" + patientId).expect(200);
        assertThat(after.body()).isEqualTo(before.body());
    }

    private static void problem(ServiceDoor.Answer answer, int status, @Nullable String field) {
        answer.expect(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.rule()).isNotBlank();
        if (field != null) {
            assertThat(answer.body().path("errors").valueStream().map(e -> e.path("field")
                            .asString()))
                    .describedAs(answer.text())
                    .contains(field);
        }
    }

    private static Arguments bad(String what, Object body, int status) {
        return bad(what, body, status, null);
    }

    private static Arguments bad(String what, Object body, int status, @Nullable String field) {
        return Arguments.of(what, body instanceof String text ? text : JSON.writeValueAsString(body), status, field);
    }

    private static Map<String, Object> with(Map<String, Object> body, String field, Object value) {
        var changed = new LinkedHashMap<>(body);
        changed.put(field, value);
        return changed;
    }

    private static Map<String, Object> without(Map<String, Object> body, String field) {
        var changed = new LinkedHashMap<>(body);
        changed.remove(field);
        return changed;
    }

    private static Map<String, Object> history(String field, @Nullable Object value) {
        var history = Clinic.history();
        history.put(field, value);
        return with(Clinic.screening(), "history", history);
    }

    private static Map<String, Object> cssrs(Map<String, Object> answers) {
        return with(Clinic.screening(), "cssrs", answers);
    }
}
