package clinicops.benchmarks;

import com.mongodb.ReadConcern;
import com.mongodb.TransactionOptions;
import com.mongodb.WriteConcern;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Projections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;

/** What the database gives when nothing stands before it. */
final class RawLimits {
    private static final List<String> WRITTEN =
            List.of("raw_claims", "raw_accounts", "raw_ledger", "raw_outbox", "raw_outbox", "raw_audit");
    private static final TransactionOptions DURABLE = TransactionOptions.builder()
            .readConcern(ReadConcern.MAJORITY)
            .writeConcern(WriteConcern.MAJORITY.withJournal(true))
            .build();
    private static final int STREAMED = 200;
    private static final Duration BEAT = Duration.ofMillis(20);

    private final MongoClient client;
    private final MongoDatabase database;
    private final MongoCollection<Document> claims;
    private final SeededClaims seeded;
    private final AtomicInteger next = new AtomicInteger();

    RawLimits(MongoClient client, SeededClaims seeded) {
        this.client = client;
        this.seeded = seeded;
        this.database = client.getDatabase("bench");
        this.claims = client.getDatabase("billing").getCollection("claims");
    }

    /** The same rows by the same indexes. */
    void find(Question question) {
        List<Document> rows = claims.find(question.filter())
                .sort(new Document("submittedAt", question.direction()).append("_id", question.direction()))
                .projection(Projections.exclude("answer"))
                .limit(question.rows())
                .into(new ArrayList<>());
        if (rows.size() > question.rows()) {
            throw new IllegalStateException("more rows than asked for");
        }
    }

    void prepare() {
        WRITTEN.stream().distinct().forEach(database::createCollection);
    }

    /** One durable transaction with as many rows as an answer writes: claim, account, posting, two events, audit. */
    void write(SplittableRandom random) {
        String body = seeded.response(random.nextInt(SeededClaims.CLAIMS), "http://bench.example/fhir")
                .substring(0, 500);
        try (ClientSession session = client.startSession()) {
            session.startTransaction(DURABLE);
            for (String name : WRITTEN) {
                database.getCollection(name)
                        .insertOne(session, new Document("_id", next.incrementAndGet()).append("body", body));
            }
            session.commitTransaction();
        }
    }

    /** From a plain insert's return to the moment at which a change stream shows it, of the slowest in a hundred. */
    double changeStreamP99Millis() throws InterruptedException {
        MongoCollection<Document> rows = database.getCollection("raw_stream");
        rows.insertOne(new Document("_id", -1));
        Map<Integer, Long> written = new ConcurrentHashMap<>();
        Map<Integer, Long> seen = new ConcurrentHashMap<>();
        var open = new AtomicBoolean(true);
        try (var stream = rows.watch().maxAwaitTime(100, TimeUnit.MILLISECONDS).cursor()) {
            Thread watcher = Thread.ofPlatform().daemon(true).start(() -> {
                while (open.get()) {
                    var change = stream.tryNext();
                    if (change != null) {
                        seen.put(
                                Objects.requireNonNull(change.getFullDocument()).getInteger("_id"), System.nanoTime());
                    }
                }
            });
            for (int i = 0; i < STREAMED; i++) {
                rows.insertOne(new Document("_id", i));
                written.put(i, System.nanoTime());
                Thread.sleep(BEAT);
            }
            for (int waited = 0; seen.size() < STREAMED && waited < 100; waited++) {
                Thread.sleep(50);
            }
            open.set(false);
            watcher.join();
        }
        long[] nanos = written.entrySet().stream()
                .filter(w -> seen.containsKey(w.getKey()))
                // it may be seen before the writer's own thread is told
                .mapToLong(w -> Math.max(0, Objects.requireNonNull(seen.get(w.getKey())) - w.getValue()))
                .sorted()
                .toArray();
        return Math.max(
                0.01,
                Arrays.stream(nanos)
                                .skip((long) (nanos.length * 0.99))
                                .findFirst()
                                .orElse(0)
                        / 1e6);
    }
}
