package clinicops.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClients;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.env.Environment;

@SmokeOnDocker(database = "intake")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
class DockerServersTest {

    @Autowired
    Environment environment;

    @Test
    void theContainersCommitTransactionsAndCarryEvents() {
        try (var client = MongoClients.create(environment.getRequiredProperty("spring.mongodb.uri"));
                ClientSession session = client.startSession()) {
            var patients = client.getDatabase("intake_1").getCollection("patients");
            session.withTransaction(() -> patients.insertOne(session, new Document("_id", 1)));
            assertThat(patients.countDocuments()).isEqualTo(1);
        }
        String brokers = environment.getRequiredProperty("spring.cloud.stream.kafka.binder.brokers");
        try (EventProbe probe = EventProbe.at(brokers, "clinic.test");
                EventSender sender = EventSender.at(brokers)) {
            sender.draft("clinic.test", "intake.patient-registered.v1").key("p").send();
            probe.expectExactly("intake.patient-registered.v1");
        }
    }

    @SpringBootConfiguration
    static class Nothing {}
}
