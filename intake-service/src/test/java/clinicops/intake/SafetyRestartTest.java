package clinicops.intake;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.ClockSettings;
import clinicops.chassis.ServiceRunner;
import clinicops.chassis.testing.ServiceTest;
import clinicops.intake.safety.AlertReason;
import clinicops.intake.safety.RaisedThrough;
import clinicops.intake.safety.SafetyDesk;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** The only copy of the service goes down in the middle of an escalation, and another goes on where it stood. */
@ServiceTest(database = "intake_restart")
class SafetyRestartTest {
    @Autowired
    ApplicationContext neighbour;

    @Test
    void anAlertClimbsOnAfterARestart() {
        String alertId;
        try (var first = start()) {
            first.getBean(ClockSettings.class).turnIntoDemo();
            var clinic = new Clinic(first);
            clinic.admin()
                    .put(
                            "/api/on-call",
                            Map.of("standing", Map.of("person", "pia", "phone", "(212) 555-0177"), "shifts", List.of()))
                    .expect(200);
            alertId = first.getBean(SafetyDesk.class)
                    .raise(clinic.refer(), AlertReason.C_SSRS_HIGH, RaisedThrough.LINK)
                    .alertId();
            Awaitility.await().until(() -> callsAnswered(clinic, alertId) == 1);
        }
        try (var second = start()) {
            var clinic = new Clinic(second);
            assertThat(steps(clinic, alertId)).containsExactly("on-call");

            second.getBean(ClockSettings.class)
                    .moveTo(second.getBean(BusinessClock.class).instant().plus(Duration.ofMinutes(16)));

            Awaitility.await().until(() -> steps(clinic, alertId).size() == 4);
            assertThat(steps(clinic, alertId)).containsExactly("on-call", "nurse", "on-call", "prescriber");
            Awaitility.await().until(() -> callsAnswered(clinic, alertId) == 2);
        }
    }

    /** On a database of its own: the test's own copy of the service must not do the work. */
    private ConfigurableApplicationContext start() {
        var environment = neighbour.getEnvironment();
        var properties = new HashMap<String, Object>();
        for (String same : new String[] {
            "spring.cloud.stream.kafka.binder.brokers",
            "clinicops.issuer",
            "clinicops.jwk-set-uri",
            "clinicops.contact.key"
        }) {
            properties.put(same, environment.getRequiredProperty(same));
        }
        properties.put(
                "spring.mongodb.uri",
                environment.getRequiredProperty("spring.mongodb.uri").replaceFirst("(//[^/]+/)([^?]+)", "$1$2_down"));
        properties.put("server.port", "0");
        return ServiceRunner.run(IntakeService.class, "intake-service", new String[0], properties);
    }

    private static List<String> steps(Clinic clinic, String alertId) {
        return alert(clinic, alertId)
                .path("escalations")
                .valueStream()
                .map(step -> step.path("to").asString())
                .toList();
    }

    private static long callsAnswered(Clinic clinic, String alertId) {
        return alert(clinic, alertId)
                .path("calls")
                .valueStream()
                .filter(call -> call.path("state").asString().equals("answered"))
                .count();
    }

    private static JsonNode alert(Clinic clinic, String alertId) {
        return clinic.nurse()
                .get("/api/safety-alerts")
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .filter(a -> a.path("id").asString().equals(alertId))
                .findFirst()
                .orElseThrow();
    }
}
