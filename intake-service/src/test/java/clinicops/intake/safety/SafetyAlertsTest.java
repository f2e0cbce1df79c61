package clinicops.intake.safety;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.Cursor;
import clinicops.chassis.testing.ServiceTest;
import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
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
        var ofPatient = AlertList.query(new AlertList.Filter(null, false, "p1"), Cursor.of(null), 50);
        assertThat(plan(ofPatient.getQueryObject(), ofPatient.getHint())).contains("patient-in-order");
        assertThat(plan(new Document("calls.dueAt", new Document("$lte", Date.from(Instant.EPOCH)))))
                .contains("calls");
        assertThat(plan(new Document("nextEscalationAt", new Document("$lte", Date.from(Instant.EPOCH)))))
                .contains("escalation");
    }

    private String plan(Document filter) {
        return plan(filter, null);
    }

    private String plan(Document filter, @Nullable String hint) {
        var find = new Document("find", "safetyAlerts").append("filter", filter);
        // the lists alone are in order
        if (filter.containsKey("_id")) {
            find.append("sort", new Document("_id", 1));
        }
        if (hint != null) {
            find.append("hint", hint);
        }
        return mongo.executeCommand(new Document("explain", find).append("verbosity", "queryPlanner"))
                .get("queryPlanner", Document.class)
                .get("winningPlan", Document.class)
                .toJson();
    }
}
