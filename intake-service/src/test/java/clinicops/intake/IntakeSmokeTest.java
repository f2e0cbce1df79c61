package clinicops.intake;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.testing.TestTokens;
import clinicops.contracts.Topics;
import clinicops.testing.DockerServers;
import clinicops.testing.EventProbe;
import clinicops.testing.SmokeOnDocker;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service on the very servers of production. */
@SmokeOnDocker(database = "intake")
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        useMainMethod = SpringBootTest.UseMainMethod.ALWAYS,
        properties = {
            "clinicops.issuer=" + TestTokens.ISSUER,
            // thirty-two zero bytes: a key of no secret
            "clinicops.contact.key=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
        })
class IntakeSmokeTest {
    @Autowired
    ApplicationContext context;

    @DynamicPropertySource
    static void trustTestTokens(DynamicPropertyRegistry registry) {
        registry.add("clinicops.jwk-set-uri", TestTokens::jwkSetUri);
    }

    @Test
    void importsAReferralAndTellsOfIt() {
        try (var probe = EventProbe.at(DockerServers.bootstrapServers(), Topics.INTAKE)) {
            String id = new Clinic(context).refer();

            assertThat(probe.awaitType("intake.patient-registered.v1").key()).isEqualTo(id);
        }
    }
}
