package clinicops.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.testing.ServiceTest;
import clinicops.contracts.IntakeEvent;
import clinicops.contracts.SchedulingEvent.SessionCompleted;
import clinicops.contracts.Topics;
import clinicops.outbox.OutboxStatus;
import clinicops.testing.EventProbe;
import clinicops.testing.EventSender;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** What came of treatment, once scheduling has told of sessions. */
@ServiceTest(database = "intake")
class OutcomesTest {
    @Autowired
    ApplicationContext context;

    @Autowired
    BusinessClock clock;

    @Autowired
    OutboxStatus outbox;

    private Clinic clinic;

    @BeforeEach
    void open() {
        clinic = new Clinic(context);
    }

    @Test
    void theLastScoreBeforeTheFirstSessionIsTheBaseline() {
        String id = clinic.refer();
        pain(id, 4);
        pain(id, 10);
        assertThat(outcome(id).path("baseline").path("value").asInt()).isEqualTo(10);
        assertThat(outcome(id).path("latest").isNull()).isTrue();
        try (var intake = EventProbe.on(Topics.INTAKE)
                .settledWhen(() -> outbox.unsent() == 0)
                .forget()) {
            session(id, 1, "iv");
            pain(id, 8);
            pain(id, 7);

            var told = intake.expectExactly("intake.outcome-recorded.v1", "intake.outcome-recorded.v1");
            assertThat(told.getLast().body(IntakeEvent.OutcomeRecorded.class)).satisfies(e -> {
                assertThat(e.patientId()).isEqualTo(id);
                assertThat(e.baseline()).isEqualByComparingTo("10");
                assertThat(e.score()).isEqualByComparingTo("7");
                assertThat(e.response()).isTrue();
                assertThat(e.remission()).isNull();
                assertThat(e.sessions()).isOne();
            });
        }
        var outcome = outcome(id);
        assertThat(outcome.path("points").valueStream().map(p -> p.path("response")
                        .asBoolean()))
                .containsExactly(false, true);
        assertThat(outcome.path("latest").path("changePercent").asDouble()).isEqualTo(-30.0);
        assertThat(outcome.path("thresholds").path(0).path("source").asString()).contains("Farrar");
    }

    @Test
    void aSessionThatIsHeardOfLateIsCountedAllTheSame() {
        String id = clinic.refer();
        pain(id, 9);
        var sessionBetween = completed(id, 1, "im");
        pain(id, 3);
        assertThat(outcome(id).path("points").isEmpty()).isTrue();

        tell(sessionBetween);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(outcome(id).path("points").size()).isOne());
        assertThat(outcome(id).path("latest").path("sessions").asInt()).isOne();
    }

    @Test
    void aCohortCountsEachPatientOnceAndWithholdsWhatIsTooSmall() {
        // nasal is this test's own route
        for (int i = 0; i < 5; i++) {
            String id = clinic.refer();
            pain(id, 10);
            session(id, 1, "nasal");
            pain(id, 9);
            pain(id, i < 3 ? 5 : 8);
            if (i == 0) {
                session(id, 2, "nasal");
                pain(id, 2);
            }
            int sessions = i == 0 ? 2 : 1;
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> outcome(id).path("latest").path("sessions").asInt() == sessions);
        }

        var five = cohort("instrument=pain-nrs&route=nasal");

        assertThat(five.path("all").path("patients").asInt())
                .describedAs(five.toString())
                .isEqualTo(5);
        assertThat(five.path("all").path("responseRate").asDouble()).isEqualTo(0.6);
        assertThat(five.path("all").path("remissionRate").isNull()).isTrue();
        assertThat(five.path("all").path("meanChange").asDouble()).isEqualTo(-(8 + 5 + 5 + 2 + 2) / 5.0);
        var first = five.path("bySession").path(0);
        assertThat(first.path("sessions").asInt()).isOne();
        assertThat(first.path("figures").path("patients").asInt()).isEqualTo(5);
        assertThat(first.path("figures").path("meanValue").asDouble()).isEqualTo(6.2);
        var second = five.path("bySession").path(1).path("figures");
        assertThat(second.path("patients").isNull()).isTrue();
        assertThat(second.path("fewerThan").asInt()).isEqualTo(5);
        assertThat(second.path("meanChange").isNull()).isTrue();
        assertThat(cohort("instrument=pain-nrs&route=nasal&sessions=2")
                        .path("all")
                        .path("patients")
                        .isNull())
                .isTrue();
        assertThat(cohort("instrument=pain-nrs&route=nasal&to=2020-01-01")
                        .path("bySession")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void aCohortThatIsNoneIsRefused() {
        refused("instrument=phq-10", 422);
        refused("instrument=cadss-6", 400);
        refused("instrument=bpi&scale=total", 400);
        refused("instrument=phq-9&route=rectal", 400);
        refused("instrument=phq-9&diagnosis=.*", 400);
        refused("instrument=phq-9&sessions=0", 400);
        refused("instrument=phq-9&from=2026-02-01&to=2026-01-01", 400);
        refused("instrument=phq-9&from=soon", 400);
        clinic.biller().get("/api/outcomes/cohorts?instrument=phq-9").expect(403);
    }

    private void pain(String patientId, int value) {
        clinic.nurse()
                .post(
                        "/api/patients/" + patientId + "/assessments",
                        Map.of(
                                "instrument",
                                "pain-nrs",
                                "mode",
                                "staff",
                                "answers",
                                Map.of("pain", String.valueOf(value)),
                                "complete",
                                true))
                .expect(201);
    }

    private JsonNode outcome(String patientId) {
        return clinic.therapist()
                .get("/api/patients/" + patientId + "/outcomes")
                .expect(200)
                .body()
                .path("outcomes")
                .path(0);
    }

    private JsonNode cohort(String query) {
        return clinic.prescriber()
                .get("/api/outcomes/cohorts?" + query)
                .expect(200)
                .body();
    }

    private void refused(String query, int status) {
        clinic.prescriber().get("/api/outcomes/cohorts?" + query).expect(status);
    }

    private void session(String patientId, int number, String route) {
        tell(completed(patientId, number, route));
    }

    private static void tell(SessionCompleted session) {
        try (EventSender sender = EventSender.create()) {
            sender.draft(session.sessionId(), session).sequence(9).send();
        }
    }

    private SessionCompleted completed(String patientId, int number, String route) {
        var now = clock.instant();
        return new SessionCompleted(
                UUID.randomUUID().toString(),
                UUID.randomUUID().toString(),
                patientId,
                number,
                "ketamine",
                route,
                null,
                new BigDecimal("35"),
                now,
                now,
                now,
                now,
                List.of());
    }
}
