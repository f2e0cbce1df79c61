package clinicops.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.TestTokens;
import clinicops.chassis.tiny.TinyService;
import clinicops.testing.TestServers;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class ServiceRunnerTest {
    private static ConfigurableApplicationContext start(Map<String, Object> more) {
        var properties = new HashMap<>(TestServers.propertiesFor("several"));
        properties.put("server.port", 0);
        properties.put("clinicops.issuer", TestTokens.ISSUER);
        properties.put("clinicops.jwk-set-uri", "http://127.0.0.1:9/nobody-is-there-yet");
        properties.putAll(more);
        return ServiceRunner.run(TinyService.class, "tiny-service", new String[0], properties);
    }

    @Test
    void severalServicesInOneProcessDoNotDisturbEachOther() throws Exception {
        System.setProperty("clinicops.audience", "everybody");
        System.setProperty("server.address", "0.0.0.0");
        try (var first = start(Map.of("clinicops.jwk-set-uri", TestTokens.jwkSetUri()));
                var second = start(Map.of("spring.application.name", "second"))) {
            // neither the environment nor the neighbour decides
            assertThat(first.getEnvironment().getProperty("clinicops.audience")).isEqualTo("tiny");
            assertThat(first.getEnvironment().getProperty("server.address")).isEqualTo("127.0.0.1");
            assertThat(first.getEnvironment().getProperty("spring.application.name"))
                    .isEqualTo("tiny-service");
            assertThat(second.getEnvironment().getProperty("spring.application.name"))
                    .isEqualTo("second");
            assertThat(first.getBean(BusinessClock.class)).isNotSameAs(second.getBean(BusinessClock.class));
            assertThat(ManagementFactory.getPlatformMBeanServer()
                            .queryNames(new ObjectName("org.springframework*:*"), null))
                    .isEmpty();

            ServiceDoor.of(first).as("nora", Role.NURSE).get("/api/jars").expect(200);
            // started before the issuer's keys could be had: tokens can't be checked yet, which is nobody's fault
            var answer = ServiceDoor.of(second)
                    .as("nora", Role.NURSE)
                    .get("/api/jars")
                    .expect(503, "identity-unavailable");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            ServiceDoor.of(second).get("/actuator/health/readiness").expect(200);
        } finally {
            System.clearProperty("clinicops.audience");
            System.clearProperty("server.address");
        }
    }
}
