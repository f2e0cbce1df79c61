package clinicops.scheduling;

import clinicops.chassis.Role;
import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.TestTokens;
import clinicops.contracts.IntakeEvent;
import clinicops.testing.DockerServers;
import clinicops.testing.EventSender;
import clinicops.testing.SmokeOnDocker;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service on the very servers of production. */
@SmokeOnDocker(database = "scheduling")
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        useMainMethod = SpringBootTest.UseMainMethod.ALWAYS,
        properties = "clinicops.issuer=" + TestTokens.ISSUER)
class SchedulingSmokeTest {
    @Autowired
    ApplicationContext context;

    @DynamicPropertySource
    static void trustTestTokens(DynamicPropertyRegistry registry) {
        registry.add("clinicops.jwk-set-uri", TestTokens::jwkSetUri);
    }

    @Test
    void hearsOfAPatientAndSaysWhatIsMissing() {
        ServiceDoor nurse = ServiceDoor.of(context).as("nora", Role.NURSE);
        String patient = Clinic.newPatientId();
        try (EventSender sender = EventSender.at(DockerServers.bootstrapServers())) {
            sender.send(patient, new IntakeEvent.PatientRegistered(patient, "ref", Instant.EPOCH));
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> nurse.get("/api/readiness/" + patient).status() == 200);
    }
}
