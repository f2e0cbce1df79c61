package clinicops.scheduling;

import static clinicops.scheduling.ClinicAlarms.alarms;
import static clinicops.scheduling.ClinicAlarms.kinds;
import static clinicops.scheduling.ClinicAlarms.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinicops.chassis.testing.ServiceTest;
import clinicops.testing.TestServers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;

/** The service dies with an alarm open, and starts again in two copies. */
@ServiceTest(database = "restarted")
class AlarmRestartTest {
    @Autowired
    ConfigurableApplicationContext context;

    @Test
    void anAlarmSurvivesARestartAndTwoCopiesTellItOnce() {
        Map<String, Object> properties = new HashMap<>(TestServers.propertiesFor("restart"));
        for (String name : List.of("clinicops.issuer", "clinicops.jwk-set-uri", "clinicops.contact.key")) {
            properties.put(name, context.getEnvironment().getRequiredProperty(name));
        }
        properties.put("server.port", 0);
        // it would hear what is told to the others
        context.stop();
        String session;
        try (var before = start(properties)) {
            Clinic killed = new Clinic(before);
            session = killed.sessionToday(killed.readyPatient());
            killed.startDose(session);
            killed.vitals(session, 190, 100).expect(201);
            assertThat(kinds(killed, session)).containsExactly("systolic-high");
        }
        try (var one = start(properties);
                var other = start(properties)) {
            Clinic again = new Clinic(one);
            try (var probe = again.probe()) {
                again.wait(2);
                await().until(() -> told(alarms(again, session).getFirst()).size() == 2);
                again.wait(19);
                await().until(() -> kinds(again, session).equals(List.of("systolic-high", "reading-overdue")));
                await().until(() -> told(alarms(again, session).getFirst()).size() == 3);
                assertThat(told(alarms(again, session).getFirst()))
                        .containsExactly("nurse-at-chair", "nurses", "prescribers");
                assertThat(kinds(new Clinic(other), session)).hasSize(2);
                probe.expectExactly("scheduling.alarm-raised.v1");
            }
        }
    }

    static ConfigurableApplicationContext start(Map<String, Object> properties) {
        return clinicops.chassis.ServiceRunner.run(
                SchedulingService.class, "scheduling-service", new String[0], properties);
    }
}
