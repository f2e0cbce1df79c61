package clinicops.chassis.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import clinicops.chassis.Audit;
import clinicops.chassis.Role;
import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.ServiceTest;
import clinicops.chassis.tiny.TinyService;
import clinicops.outbox.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import tools.jackson.databind.JsonNode;

@ServiceTest(database = "tiny", service = TinyService.class)
class AuditTest {
    @Autowired
    ApplicationContext context;

    @Autowired
    MongoOperations mongo;

    @Autowired
    Transactions transactions;

    @Autowired
    Audit audit;

    @BeforeEach
    void begin() {
        transactions.run(() -> {
            mongo.remove(new Query(), AuditRow.class);
            mongo.remove(new Query(), AuditBlock.class);
        });
    }

    private AuditSealer sealer(String holder) {
        return new AuditSealer(mongo, transactions, InstantSource.system(), holder);
    }

    private JsonNode verification() {
        return ServiceDoor.of(context)
                .as("ada", Role.AUDITOR)
                .get("/api/audit/verification")
                .expect(200)
                .body();
    }

    private void writeRows(int count) {
        for (int i = 0; i < count; i++) {
            audit.write("stir", "pot/" + i, "patient-" + i, i, i % 2 == 0 ? null : "it burned");
        }
    }

    @Test
    void gatheredRowsNameEachItsOwnCallerAndAreStoredTogether() {
        transactions.run(() -> {
            var gathered = audit.gather();
            for (String who : List.of("nora", "bea")) {
                SecurityContextHolder.getContext()
                        .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(who, null, List.of()));
                gathered.write("stir", "pot/of-" + who, "patient-of-" + who, 3, null);
            }
            SecurityContextHolder.clearContext();
            assertThat(mongo.findAll(AuditRow.class)).isEmpty();
            gathered.store();
            gathered.store();
        });

        assertThat(mongo.findAll(AuditRow.class))
                .extracting(AuditRow::who, AuditRow::resource, AuditRow::patientIds, AuditRow::version)
                .containsExactlyInAnyOrder(
                        tuple("nora", "pot/of-nora", List.of("patient-of-nora"), 3L),
                        tuple("bea", "pot/of-bea", List.of("patient-of-bea"), 3L));
    }

    @Test
    void saysWhoLookedAtWhatAndWhose() {
        var nurse = ServiceDoor.of(context).as("nora", Role.NURSE, Role.BILLER);
        var jar = nurse.post("/api/jars", """
                {"label":"honey","colour":"CLEAR","size":3,"price":1.50,"bestBefore":"2027-01-31"}""").expect(201);
        String id = jar.body().path("id").asString();
        nurse.with("X-Correlation-Id", "call-9").get("/api/jars/" + id).expect(200);
        nurse.get("/api/jars/unknown").expect(404);

        var auditor = ServiceDoor.of(context).as("ada", Role.AUDITOR);
        var rows = auditor.get("/api/audit?who=nora").expect(200).body().path("items");
        assertThat(rows.size()).isEqualTo(3);
        assertThat(rows.path(0).path("outcome").asString()).isEqualTo("refused");
        assertThat(rows.path(0).path("resource").asString()).isEqualTo("jar/unknown");
        var read = rows.path(1);
        assertThat(read.path("what").asString()).isEqualTo("read-jar");
        assertThat(read.path("patientIds").path(0).asString()).isEqualTo("patient-of-" + id);
        assertThat(read.path("correlationId").asString()).isEqualTo("call-9");
        assertThat(read.path("roles").toString()).isEqualTo("[\"biller\",\"nurse\"]");
        assertThat(rows.path(2).path("what").asString()).isEqualTo("fill-jar");

        assertThat(auditor.get("/api/audit?patientId=patient-of-" + id)
                        .body()
                        .path("items")
                        .size())
                .isEqualTo(1);
        assertThat(auditor.get("/api/audit?to=2020-01-01T00:00:00Z")
                        .body()
                        .path("items")
                        .size())
                .isZero();
        var page = auditor.get("/api/audit?who=nora&limit=2").expect(200).body();
        var rest = auditor.get("/api/audit?who=nora&limit=2&cursor="
                        + page.path("nextCursor").asString())
                .body();
        assertThat(page.path("items").size() + rest.path("items").size()).isEqualTo(3);
    }

    @Test
    void findsATimeSpanByIndexAndNotByReadingEverything() {
        writeRows(3);
        var span = new Document("systemTime", new Document("$gte", new Date(0)).append("$lt", new Date()));
        var plan = mongo.getCollection(AuditRow.COLLECTION)
                .find(span)
                .explain()
                .get("queryPlanner", Document.class)
                .get("winningPlan", Document.class);
        assertThat(plan.toJson()).contains("IXSCAN").doesNotContain("COLLSCAN");
    }

    @Test
    void rowsOfARolledBackChangeGoWithIt() {
        try {
            transactions.run(() -> {
                audit.write("stir", "pot/1", null, 1, null);
                throw new IllegalStateException("changed my mind");
            });
        } catch (IllegalStateException expected) {
            // meant
        }
        assertThat(mongo.count(Query.query(Criteria.where("what").is("stir")), AuditRow.class))
                .isZero();
    }

    @Test
    void sealsWithinTenSeconds() {
        writeRows(3);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> mongo.count(Query.query(Criteria.where("block").is(null)), AuditRow.class) == 0);
        assertThat(verification().path("intact").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"changed", "reason", "removed", "added", "block-removed", "head-removed", "hash", "unmarked"})
    void findsWhatSomebodyDidToTheRecord(String crime) {
        writeRows(5);
        sealer("me").sealOneBlock();
        writeRows(5);
        sealer("me").sealOneBlock();
        await().until(() -> mongo.count(new Query(), AuditBlock.class) >= 2);
        assertThat(verification().path("intact").asBoolean()).isTrue();

        var rows = mongo.getCollection(AuditRow.COLLECTION);
        var blocks = mongo.getCollection(AuditBlock.COLLECTION);
        long before = rows.countDocuments();
        switch (crime) {
            case "changed" -> rows.updateOne(inBlock(1), set("who", "somebody-else"));
            case "reason" -> rows.updateOne(inBlock(1).append("why", "it burned"), set("why", null));
            case "removed" -> rows.deleteOne(inBlock(1));
            case "added" -> {
                var copy = rows.find(inBlock(1)).first();
                rows.insertOne(new Document(copy).append("_id", "01-forged"));
            }
            case "block-removed" -> {
                rows.deleteMany(inBlock(1));
                blocks.deleteOne(new Document("_id", 1L));
            }
            case "head-removed" -> blocks.deleteMany(new Document("_id", new Document("$gte", 2L)));
            case "hash" -> blocks.updateOne(new Document("_id", 1L), set("hash", "f".repeat(64)));
            case "unmarked" -> rows.updateOne(inBlock(1), new Document("$unset", new Document("block", "")));
            default -> throw new IllegalArgumentException(crime);
        }
        var found = verification();
        assertThat(found.path("intact").asBoolean())
                .as(crime + " " + found + before)
                .isFalse();
        assertThat(found.path("firstBroken").asLong()).isEqualTo(crime.equals("head-removed") ? 2 : 1);
    }

    private static Document inBlock(long number) {
        return new Document("block", number);
    }

    private static Document set(String field, Object value) {
        var change = new Document();
        change.put(field, value);
        return new Document(Map.of("$set", change));
    }

    @Test
    void sealersAtOnceDoNotForkTheChain() throws Exception {
        var work = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 3; i++) {
            var sealer = sealer("sealer-" + i);
            work.add(() -> {
                int sealed = 0;
                for (int round = 0; round < 20; round++) {
                    writeRows(3);
                    try {
                        sealed += sealer.sealOneBlock();
                    } catch (org.springframework.dao.DataAccessException lostTheRace) {
                        // another sealer was first
                    }
                }
                return sealed;
            });
        }
        try (var together = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var each : together.invokeAll(work)) {
                each.get();
            }
        }
        while (sealer("last").sealOneBlock() > 0) {
            // the rest
        }
        var found = verification();
        assertThat(found.path("intact").asBoolean()).as(found.toString()).isTrue();
        assertThat(found.path("rows").asLong()).isGreaterThanOrEqualTo(180);
        List<AuditBlock> blocks = mongo.findAll(AuditBlock.class);
        assertThat(blocks).extracting(AuditBlock::previous).doesNotHaveDuplicates();
    }

    @Test
    void concurrentReadersEachHaveTheirRowBeforeTheyAreAnswered() throws Exception {
        try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Long>> reads = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String pot = "pot/together-" + i;
                reads.add(() -> {
                    audit.read("look", pot, null);
                    return mongo.count(Query.query(Criteria.where("resource").is(pot)), AuditRow.class);
                });
            }
            for (var read : readers.invokeAll(reads)) {
                assertThat(read.get()).isEqualTo(1);
            }
        }
    }

    @Test
    void aFailedInsertIsTheFailureOfAllWhoSharedItAndOfNobodyAfter() {
        var down = new AtomicBoolean(true);
        var stored = new ArrayList<AuditRow>();
        var together = new RowsTogether(rows -> {
            if (down.get()) {
                throw new IllegalStateException("down");
            }
            stored.addAll(rows);
        });
        var now = Instant.EPOCH;
        var row = new AuditRow(
                "1", "nora", List.of(), "look", "pot/1", List.of(), null, now, now, null, AuditRow.DONE, null, null);

        assertThatThrownBy(() -> together.add(row)).hasMessage("down");
        down.set(false);
        together.add(row);
        assertThat(stored).containsExactly(row);
    }
}
