package clinicops.chassis.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinicops.chassis.Role;
import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.ServiceTest;
import clinicops.chassis.tiny.TinyService;
import clinicops.contracts.IntakeEvent.PatientRegistered;
import clinicops.outbox.Ids;
import clinicops.testing.EventSender;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import tools.jackson.databind.JsonNode;

@ServiceTest(
        database = "tinyletters",
        service = TinyService.class,
        properties = {
            "spring.cloud.function.definition=clinicEvents",
            "spring.cloud.stream.bindings.clinicEvents-in-0.destination=clinic.intake",
            "spring.cloud.stream.bindings.clinicEvents-in-0.group=tiny-letters"
        })
class DeadLetterTest {
    @Autowired
    ApplicationContext context;

    @Autowired
    MongoOperations mongo;

    private final String patient = Ids.next();

    @BeforeEach
    void noJarIsLeft() {
        mongo.remove(new Query(), "jars");
    }

    private ServiceDoor admin() {
        return ServiceDoor.of(context).as("adam", Role.ADMIN);
    }

    private EventSender.Draft registered(EventSender sender) {
        return sender.draft(patient, new PatientRegistered(patient, Ids.next(), Instant.now()));
    }

    private List<JsonNode> listed(String state, String eventId) {
        return admin().get("/api/dead-letters?limit=200&state=" + state)
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .filter(letter -> letter.path("eventId").asString("").equals(eventId))
                .toList();
    }

    private JsonNode deadLetterOf(EventSender.Draft event) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !listed("DEAD", event.id()).isEmpty());
        return listed("DEAD", event.id()).getFirst();
    }

    private long jarsGiven() {
        return mongo.getCollection("given_jars").countDocuments(new Document("patient", patient));
    }

    private List<String> auditedAboutThePatient() {
        return ServiceDoor.of(context)
                .as("ada", Role.AUDITOR)
                .get("/api/audit?who=adam&limit=200&patientId=" + patient)
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .map(row -> row.path("what").asString())
                .toList();
    }

    @Test
    void anEventThatAHandlerStumblesOverIsListedShownAndHandledOnceItsCauseIsGone() {
        EventSender.Draft event;
        try (var sender = EventSender.create()) {
            event = registered(sender).send();
        }
        var listed = deadLetterOf(event);
        assertThat(listed.path("consumer").asString()).isEqualTo("tiny");
        assertThat(listed.path("topic").asString()).isEqualTo("clinic.intake");
        assertThat(listed.path("type").asString()).isEqualTo("intake.patient-registered.v1");
        assertThat(listed.path("reason").asString()).isEqualTo("handler-failed");
        assertThat(listed.path("attempts").asInt()).isEqualTo(1);
        assertThat(listed.toString()).contains("IllegalStateException").doesNotContain("Jane");

        String path = "/api/dead-letters/" + listed.path("id").asString();
        var shown = admin().get(path).expect(200).body();
        assertThat(shown.path("key").asString()).isEqualTo(patient);
        assertThat(shown.path("body").asString()).contains(patient);
        assertThat(shown.path("headers").path("ce_id").asString()).isEqualTo(event.id());
        assertThat(shown.path("stack").asString()).contains("TinyConsumers");

        var again = admin().post(path + "/replay").expect(422, "handler-failed");
        assertThat(again.text()).doesNotContain("Jane");
        var still = listed("DEAD", event.id()).getFirst();
        assertThat(still.path("attempts").asInt()).isEqualTo(2);
        assertThat(still.toString()).doesNotContain("Jane");
        assertThat(jarsGiven()).isZero();

        fillASpareJar();
        var replayed = admin().post(path + "/replay").expect(200).body();
        assertThat(replayed.path("state").asString()).isEqualTo("REPLAYED");
        assertThat(replayed.path("attempts").asInt()).isEqualTo(3);
        assertThat(jarsGiven()).isEqualTo(1);
        assertThat(listed("DEAD", event.id())).isEmpty();
        assertThat(listed("REPLAYED", event.id())).hasSize(1);

        admin().post(path + "/replay").expect(200);
        assertThat(jarsGiven()).isEqualTo(1);
    }

    private void fillASpareJar() {
        ServiceDoor.of(context).as("nora", Role.NURSE).post("/api/jars", """
                {"label":"spare","colour":"CLEAR","size":3,"price":1.50,"bestBefore":"2027-01-31"}""").expect(201);
    }

    @Test
    void anEventThatCantBeReadStaysDeadAndSaysWhy() {
        EventSender.Draft event;
        try (var sender = EventSender.create()) {
            event = registered(sender).raw("{\"patientId\": 17 oops").send();
        }
        var listed = deadLetterOf(event);
        assertThat(listed.path("reason").asString()).isEqualTo("malformed-event");
        admin().post("/api/dead-letters/" + listed.path("id").asString() + "/replay")
                .expect(422, "malformed-event");
        assertThat(listed("DEAD", event.id()).getFirst().path("attempts").asInt())
                .isEqualTo(2);
    }

    @Test
    void theAuditSaysWhoseDeadLettersSomebodySaw() {
        EventSender.Draft event;
        try (var sender = EventSender.create()) {
            event = registered(sender).send();
        }
        String path = "/api/dead-letters/" + deadLetterOf(event).path("id").asString();
        assertThat(auditedAboutThePatient()).contains("list-dead-letters").doesNotContain("read-dead-letter");
        admin().get(path).expect(200);
        admin().post(path + "/replay").expect(422);
        assertThat(auditedAboutThePatient()).contains("list-dead-letters", "read-dead-letter", "replay-dead-letter");
    }
}
