package clinicops.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import clinicops.chassis.tiny.TinyService;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

@ServiceTest(database = "tiny", service = TinyService.class)
class CommandTest {
    @Autowired
    ApplicationContext context;

    @Autowired
    MongoOperations mongo;

    private ServiceDoor nurse() {
        return ServiceDoor.of(context).as("nora", Role.NURSE);
    }

    private static String jar(String label) {
        return """
                {"label":"%s","colour":"CLEAR","size":3,"price":1.50,"bestBefore":"2027-01-31"}""".formatted(label);
    }

    private long jarsLabelled(String label) {
        return mongo.count(Query.query(Criteria.where("label").is(label)), "jars");
    }

    @Test
    void aRepeatedCreationGetsTheFirstAnswerAndHasNoEffect() {
        var once = nurse().with("Idempotency-Key", "k-1")
                .post("/api/jars", jar("plum"))
                .expect(201);
        var again = nurse().with("Idempotency-Key", "k-1")
                .post("/api/jars", jar("plum"))
                .expect(201);
        assertThat(again.body()).isEqualTo(once.body());
        assertThat(again.version()).isEqualTo(once.version());
        assertThat(jarsLabelled("plum")).isEqualTo(1);
    }

    @Test
    void theSameKeyWithAnotherBodyIsRefused() {
        nurse().with("Idempotency-Key", "k-2").post("/api/jars", jar("fig")).expect(201);
        nurse().with("Idempotency-Key", "k-2").post("/api/jars", jar("quince")).expect(422, "idempotency-key-reuse");
        assertThat(jarsLabelled("quince")).isZero();
    }

    @Test
    void anotherPersonsKeyIsAnotherKey() {
        nurse().with("Idempotency-Key", "k-3").post("/api/jars", jar("pear")).expect(201);
        ServiceDoor.of(context)
                .as("nils", Role.NURSE)
                .with("Idempotency-Key", "k-3")
                .post("/api/jars", jar("pear"))
                .expect(201);
        assertThat(jarsLabelled("pear")).isEqualTo(2);
    }

    @Test
    void aRefusedCommandLeavesItsKeyFree() {
        nurse().with("Idempotency-Key", "k-4").post("/api/jars", jar("arsenic")).expect(422, "no-poison");
        nurse().with("Idempotency-Key", "k-4").post("/api/jars", jar("apple")).expect(201);
    }

    @Test
    void aKeyMustBeVisibleAndShort() {
        nurse().with("Idempotency-Key", "two words")
                .post("/api/jars", jar("kiwi"))
                .expect(400, "idempotency-key");
        nurse().with("Idempotency-Key", "x".repeat(201))
                .post("/api/jars", jar("kiwi"))
                .expect(400, "idempotency-key");
        assertThat(jarsLabelled("kiwi")).isZero();
    }

    @Test
    void sentManyTimesAtOnceItHappensOnce() throws Exception {
        var calls = new ArrayList<Callable<Answer>>();
        for (int i = 0; i < 12; i++) {
            calls.add(() -> nurse().with("Idempotency-Key", "k-5").post("/api/jars", jar("cherry")));
        }
        try (var together = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var call : together.invokeAll(calls)) {
                assertThat(call.get().expect(201).body().path("label").asString())
                        .isEqualTo("cherry");
            }
        }
        assertThat(jarsLabelled("cherry")).isEqualTo(1);
    }

    @Test
    void anUpdateNeedsTheVersionThatWasSeen() {
        var jar = nurse().post("/api/jars", jar("lime")).expect(201);
        String path = "/api/jars/" + jar.body().path("id").asString();
        assertThat(nurse().put(path, "{\"label\":\"x\"}")
                        .expect(428, "if-match-required")
                        .field())
                .isEqualTo("If-Match");
        nurse().with("If-Match", "7").put(path, "{\"label\":\"x\"}").expect(400, "if-match");
        nurse().with("If-Match", "*").put(path, "{\"label\":\"x\"}").expect(400, "if-match");

        var changed = nurse().ifMatch(jar.version())
                .put(path, "{\"label\":\"lemon\"}")
                .expect(200);
        assertThat(changed.version()).isEqualTo(jar.version() + 1);

        var stale = ServiceDoor.of(context)
                .as("nils", Role.NURSE)
                .ifMatch(jar.version())
                .put(path, "{\"label\":\"orange\"}")
                .expect(412, "stale-version")
                .body();
        assertThat(stale.path("yourVersion").asLong()).isEqualTo(jar.version());
        assertThat(stale.path("currentVersion").asLong()).isEqualTo(changed.version());
        assertThat(stale.path("changes").size()).isEqualTo(1);
        assertThat(stale.path("changes").path(0).path("who").asString()).isEqualTo("nora");
        assertThat(stale.path("changes").path(0).path("what").asString()).isEqualTo("relabel-jar");
        assertThat(nurse().get(path).expect(200).body().path("label").asString())
                .isEqualTo("lemon");
    }

    @Test
    void ofTwoAtOnceOneWins() throws Exception {
        var jar = nurse().post("/api/jars", jar("mango")).expect(201);
        String path = "/api/jars/" + jar.body().path("id").asString();
        var calls = new ArrayList<Callable<Answer>>();
        for (int i = 0; i < 6; i++) {
            String label = "mango " + i;
            calls.add(() -> nurse().ifMatch(jar.version()).put(path, "{\"label\":\"" + label + "\"}"));
        }
        try (var together = Executors.newVirtualThreadPerTaskExecutor()) {
            var statuses = new ArrayList<Integer>();
            for (var call : together.invokeAll(calls)) {
                statuses.add(call.get().status());
            }
            assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 412);
        }
    }
}
