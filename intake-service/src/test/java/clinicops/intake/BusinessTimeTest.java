package clinicops.intake;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.ClockSettings;
import clinicops.chassis.DueWork;
import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.ServiceTest;
import clinicops.chassis.testing.TestTokens;
import clinicops.contracts.IntakeEvent;
import clinicops.contracts.Topics;
import clinicops.outbox.OutboxStatus;
import clinicops.testing.EventProbe;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What time alone brings about, in a clinic whose clock can be moved. */
@ServiceTest(database = "intake_time")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BusinessTimeTest {
    @Autowired
    ApplicationContext context;

    @Autowired
    ClockSettings settings;

    @Autowired
    BusinessClock clock;

    @Autowired
    Collection<DueWork> dueWork;

    @Autowired
    OutboxStatus outbox;

    private Clinic clinic;

    @BeforeAll
    void becomeADemo() {
        settings.turnIntoDemo();
        clinic = new Clinic(context);
    }

    @Test
    void aClearanceLapsesNinetyDaysAfterItWasGiven() {
        String id = clinic.clearedPatient();
        var shown = clinic.nurse().get("/api/patients/" + id).expect(200).body();
        var until = clock.today().plusDays(90);
        assertThat(shown.path("clearances").path(0).path("validUntil").asString())
                .isEqualTo(until.toString());
        Instant expiry = until.atStartOfDay(clock.clinicZone()).toInstant();
        assertThat(due()).contains(expiry);
        try (var probe = EventProbe.on(Topics.INTAKE).settledWhen(() -> outbox.unsent() == 0)) {
            probe.forget();
            settings.moveTo(expiry.minusMillis(1).truncatedTo(ChronoUnit.SECONDS));
            probe.expectSilence();

            settings.moveTo(expiry);

            var lapsed = probe.expectExactly("intake.clearance-lapsed.v1", "intake.clearance-lapsed.v1");
            assertThat(lapsed).allSatisfy(e -> {
                assertThat(e.subject()).isEqualTo(id);
                assertThat(e.body(IntakeEvent.ClearanceLapsed.class).lapsedAt()).isEqualTo(expiry);
            });
        }
        var after = clinic.nurse().get("/api/patients/" + id).expect(200).body();
        assertThat(after.path("status").asString()).isEqualTo("screened");
        assertThat(after.path("clearances").size()).isZero();
        assertThat(due()).isEmpty();
    }

    @Test
    void anAlertThatNobodyTakesUpCallsANurseAndThenAPrescriber() {
        String id = clinic.refer();
        var screened = clinic.screen(id, Clinic.highRisk()).expect(200).body();
        String alertId = screened.path("safetyAlertId").asString();
        Instant raised = Instant.parse(alert(alertId).path("raisedAt").asString());
        assertThat(due()).contains(raised.plus(Duration.ofMinutes(5)));

        settings.moveTo(raised.plus(Duration.ofMinutes(16)));

        Awaitility.await().until(() -> alert(alertId).path("escalations").size() == 2);
        assertThat(alert(alertId).path("escalations").valueStream().map(e -> e.path("to")
                        .asString()))
                .containsExactly("nurse", "prescriber");
        assertThat(due()).isEmpty();
        clinic.prescriber()
                .post("/api/safety-alerts/" + alertId + "/acknowledgement")
                .expect(200);
        assertThat(alert(alertId).path("acknowledgedBy").asString()).isEqualTo("pia");
    }

    private tools.jackson.databind.JsonNode alert(String id) {
        return clinic.nurse()
                .get("/api/safety-alerts?limit=200")
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .filter(a -> a.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Optional<Instant> due() {
        return dueWork.stream()
                .map(DueWork::nextDueAt)
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    @Test
    void aPatientsLinkIsShutWhenItsTimeIsOver() {
        String id = clinic.refer();
        var link = clinic.frontDesk()
                .post("/api/patients/" + id + "/links", Map.of("purpose", "paperwork"))
                .expect(201)
                .body();
        var patient = ServiceDoor.of(context)
                .with("Authorization", TestTokens.bearer("patient", "patient", claims -> claims.claim(
                                "scope", "paperwork")
                        .claim("patient_id", id)
                        .claim("link_id", link.path("id").asString())
                        .claim("resource", "registration")));
        patient.get("/patient/visit").expect(200);

        settings.moveTo(Instant.parse(link.path("expiresAt").asString()));

        patient.get("/patient/visit").expect(409, "link-over");
        assertThat(clinic.frontDesk()
                        .get("/api/patients/" + id + "/links")
                        .expect(200)
                        .body()
                        .path("items")
                        .path(0)
                        .path("status")
                        .asString())
                .isEqualTo("expired");
    }
}
