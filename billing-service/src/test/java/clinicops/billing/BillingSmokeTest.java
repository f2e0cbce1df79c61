package clinicops.billing;

import static clinicops.billing.ClinicFixture.SESSION_CENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinicops.chassis.testing.TestTokens;
import clinicops.outbox.Ids;
import clinicops.testing.DockerServers;
import clinicops.testing.EventProbe;
import clinicops.testing.SmokeOnDocker;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service on the very images that the cluster runs. */
@SmokeOnDocker(database = "billing")
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        useMainMethod = SpringBootTest.UseMainMethod.ALWAYS)
class BillingSmokeTest {
    @Autowired
    private ApplicationContext context;

    @DynamicPropertySource
    static void trustTheTestsTokens(DynamicPropertyRegistry properties) {
        properties.add("clinicops.issuer", () -> TestTokens.ISSUER);
        properties.add("clinicops.jwk-set-uri", TestTokens::jwkSetUri);
        properties.add("clinicops.contact.key", () -> Base64.getEncoder()
                .encodeToString("thirty-two bytes only for tests!".getBytes()));
    }

    @Test
    void chargesAndCollectsASession() {
        ClinicFixture clinic = new ClinicFixture(context, DockerServers.bootstrapServers());
        String patient = clinic.patient();
        clinic.selfPay(patient, 1);
        String session = Ids.next();
        clinic.others.send(session, clinic.discharge(patient, session));
        clinic.others.send(session, clinic.signature(patient, session));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(clinic.balance(patient)).isEqualTo(SESSION_CENTS));
        try (EventProbe events = clinic.listen()) {
            clinic.pay(patient, SESSION_CENTS).expect(201);
            events.expectExactly("billing.payment-received.v1", "billing.balance-changed.v1");
        }
        assertThat(clinic.balance(patient)).isZero();
    }
}
