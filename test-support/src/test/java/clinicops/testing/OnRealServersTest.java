package clinicops.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClients;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.env.Environment;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
@OnRealServers(database = "intake")
class OnRealServersTest {

    @Autowired
    Environment environment;

    @Test
    void theContextIsToldAFreshDatabaseAndTheBroker() {
        String uri = environment.getRequiredProperty("spring.mongodb.uri");
        assertThat(uri).contains("/intake_").contains("w=majority&journal=true&uuidRepresentation=standard");
        assertThat(environment.getProperty("spring.cloud.stream.kafka.binder.brokers"))
                .isEqualTo(TestServers.bootstrapServers())
                .isEqualTo(environment.getProperty("spring.kafka.bootstrap-servers"));
        try (var client = MongoClients.create(uri)) {
            var patients = client.getDatabase("intake").getCollection("patients");
            patients.insertOne(new Document());
            assertThat(patients.countDocuments()).isEqualTo(1);
        }
    }

    @Test
    void everyUseGetsItsOwnDatabase() {
        assertThat(TestServers.freshDatabase("billing")).isNotEqualTo(TestServers.freshDatabase("billing"));
    }

    @Test
    void theDatabaseGoesIntoAnOutsideUriBeforeItsOptions() {
        assertThat(TestServers.withDatabase("mongodb://a:1,b:2/?replicaSet=rs", "intake"))
                .startsWith("mongodb://a:1,b:2/intake?replicaSet=rs&w=majority");
        assertThat(TestServers.withDatabase("mongodb://a:1/test", "intake"))
                .startsWith("mongodb://a:1/intake?w=majority");
        assertThat(TestServers.withDatabase("mongodb://a:1", "intake")).startsWith("mongodb://a:1/intake?w=majority");
    }

    @SpringBootConfiguration
    static class Nothing {}
}
