package clinicops.notification;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.ContactSeal;
import clinicops.contracts.ContactCard;
import clinicops.contracts.IntakeEvent.ContactPreferencesChanged;
import clinicops.contracts.IntakeEvent.PatientRegistered;
import clinicops.contracts.Topics;
import clinicops.outbox.Ids;
import clinicops.testing.DockerServers;
import clinicops.testing.EventProbe;
import clinicops.testing.EventSender;
import clinicops.testing.SmokeOnDocker;
import java.time.Clock;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service on the released Kafka and MongoDB, in containers: an event in, an event out. */
@SmokeOnDocker(database = "notification")
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        useMainMethod = SpringBootTest.UseMainMethod.ALWAYS,
        properties = {
            "clinicops.issuer=http://localhost:8080",
            "clinicops.jwk-set-uri=http://localhost:8080/oauth2/jwks"
        })
@DirtiesContext
class NotificationSmokeTest {

    @Autowired
    ContactSeal seal;

    @Autowired
    Clock clock;

    @DynamicPropertySource
    static void aKey(DynamicPropertyRegistry registry) {
        registry.add("clinicops.contact.key", () -> Base64.getEncoder().encodeToString(new byte[32]));
    }

    @Test
    void answersAnEventWithAnEvent() {
        String id = Ids.next();
        try (EventSender sender = EventSender.at(DockerServers.bootstrapServers());
                EventProbe probe = EventProbe.at(DockerServers.bootstrapServers(), Topics.NOTIFICATION)) {
            // without consent for mail there is an answer at any hour
            sender.draft(Topics.CONTACT, "contact-card")
                    .key(id)
                    .subject(id)
                    .raw(seal.seal(new ContactCard(id, "Rosa", "Núñez", "rosa@example.org", null, "en", "UTC")))
                    .send();
            sender.send(id, new ContactPreferencesChanged(id, "en", "UTC", false, false, clock.instant()));
            sender.send(id, new PatientRegistered(id, Ids.next(), clock.instant()));

            assertThat(probe.awaitType("notification.notice-suppressed.v1")
                            .body()
                            .path("reason")
                            .asString())
                    .isEqualTo("no-consent");
        }
    }
}
