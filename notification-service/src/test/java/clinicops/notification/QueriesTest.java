package clinicops.notification;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.contracts.SchedulingEvent.SessionCancelled;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That no query reads a whole collection, nor sorts in memory: asked of the database's own profiler. */
class QueriesTest extends NotificationTest {

    private static final List<String> MINE =
            List.of("notices", "recipients", "sessions", "courses", "staff_tasks", "sms_places", "sandbox_sms");

    @BeforeEach
    void profile() {
        mongo.executeCommand(new Document("profile", 2));
    }

    @AfterEach
    void stopProfiling() {
        mongo.executeCommand(new Document("profile", 0));
        mongo.dropCollection("system.profile");
    }

    @Test
    void everyQueryGoesByAnIndex() {
        TestPatient rosa = reachable();
        Instant startsAt = clock.instant().plus(Duration.ofDays(4));
        TestCourse course = rosa.books(startsAt, startsAt.plus(Duration.ofDays(3)));
        settle();
        moveTo(startsAt.minus(Duration.ofHours(20)));
        settle();
        sender.draft(
                        course.session(2),
                        new SessionCancelled(
                                course.session(2), course.id, rosa.id, startsAt, "patient", clock.instant()))
                .sequence(2)
                .send();
        rosa.card();
        settle();
        notices(rosa.id);
        admin().get("/api/notices").expect(200);
        admin().get("/api/notices?status=delivered").expect(200);
        admin().get("/api/staff-tasks?open=true").expect(200);
        admin().get("/api/staff-tasks").expect(200);
        inbox(rosa.email);

        List<Document> queries = mongo
                .find(new org.springframework.data.mongodb.core.query.Query(), Document.class, "system.profile")
                .stream()
                .filter(op -> MINE.contains(collection(op)) && op.containsKey("planSummary"))
                .toList();

        assertThat(queries).extracting(QueriesTest::collection).contains("notices", "sessions", "staff_tasks");
        assertThat(queries)
                .filteredOn(
                        op -> op.getString("planSummary").contains("COLLSCAN") || op.getBoolean("hasSortStage", false))
                .extracting(op -> op.getString("planSummary") + " for " + op.get("command"))
                .isEmpty();
    }

    private static String collection(Document op) {
        String namespace = op.getString("ns");
        return namespace.substring(namespace.indexOf('.') + 1);
    }
}
