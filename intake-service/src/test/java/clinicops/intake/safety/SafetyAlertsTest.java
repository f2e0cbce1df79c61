package clinicops.intake.safety;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.testing.ServiceTest;
import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoTemplate;

/** Every query has an index: what MongoDB itself says of it. */
@ServiceTest(database = "intake")
class SafetyAlertsTest {
    @Autowired
    MongoTemplate mongo;

    @Test
    void areFoundByIndex() {
        var byId = new Document("$gt", "");
        assertThat(plan(new Document("acknowledgement.at", null).append("_id", byId)))
                .doesNotContain("COLLSCAN");
        assertThat(plan(new Document("acknowledgement.at", new Document("$ne", null)).append("_id", byId)))
                .doesNotContain("COLLSCAN");
        assertThat(plan(new Document("_id", byId))).doesNotContain("COLLSCAN");
        assertThat(plan(new Document("patientId", "p1").append("acknowledgement.at", null)))
                .contains("patient");
        assertThat(plan(new Document("resolution.at", null).append("_id", byId)))
                .doesNotContain("COLLSCAN");
        assertThat(plan(new Document("patientId", "p1")
                        .append("resolution.at", null)
                        .append("_id", byId)))
                .contains("patient-in-order");
        assertThat(plan(new Document("calls.dueAt", new Document("$lte", Date.from(Instant.EPOCH)))))
                .contains("calls");
        assertThat(plan(new Document("nextEscalationAt", new Document("$lte", Date.from(Instant.EPOCH)))))
                .contains("escalation");
    }

    private String plan(Document filter) {
        var find = new Document("find", "safetyAlerts").append("filter", filter).append("sort", new Document("_id", 1));
        return mongo.executeCommand(new Document("explain", find).append("verbosity", "queryPlanner"))
                .get("queryPlanner", Document.class)
                .get("winningPlan", Document.class)
                .toJson();
    }
}
