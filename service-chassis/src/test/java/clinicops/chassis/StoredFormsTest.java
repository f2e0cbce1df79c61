package clinicops.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.ServiceTest;
import clinicops.chassis.tiny.TinyService;
import java.time.Instant;
import java.util.Date;
import java.util.TimeZone;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.data.mongodb.core.MongoOperations;

@ServiceTest(database = "tiny", service = TinyService.class)
class StoredFormsTest {
    @Autowired
    ApplicationContext context;

    @Autowired
    MongoOperations mongo;

    @Test
    void aDayIsTheSameDayWhereverTheProcessRuns() {
        var zone = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
        try {
            String id = ServiceDoor.of(context)
                    .as("nora", Role.NURSE)
                    .post("/api/jars", """
                            {"label":"zone","colour":"CLEAR","size":3,"price":1.50,"bestBefore":"2027-01-31"}""")
                    .expect(201)
                    .body()
                    .path("id")
                    .asString();
            var stored =
                    mongo.getCollection("jars").find(new Document("_id", id)).first();
            assertThat(stored).isNotNull();
            assertThat(stored.get("bestBefore")).isEqualTo(Date.from(Instant.parse("2027-01-31T00:00:00Z")));
            assertThat(stored.get("price")).isEqualTo(Decimal128.parse("1.50"));
            assertThat(stored).doesNotContainKey("_class");
        } finally {
            TimeZone.setDefault(zone);
        }
    }
}
