package clinicops.outbox;

import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.ClientSessionOptions;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.WriteConcern;
import com.mongodb.client.ChangeStreamIterable;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoChangeStreamCursor;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/**
 * Carries the rows of the outbox to Kafka, in the order of their commits. One relay per service is active, by lease.
 *
 * <p>It follows the change stream of the collection: the order of commits, unlike the order of ids or of the rows' own
 * timestamps, is one that nothing can slip into behind it. Rows are never marked. Once Kafka has acknowledged, the place in
 * the stream moves on (the watermark), and rows are deleted in ranges a margin behind it. Whatever breaks, the relay goes on
 * from the stored watermark, so an event may be sent twice but is never left out; the inbox of each consumer takes care of
 * the second one. When the place in the stream is lost, the rows that the margin has kept are sent again.
 *
 * <p>Records of one key are never on their way together, so that a failed one cannot be overtaken; records of different keys
 * are, so that the pace is not one round trip per record.
 */
final class Relay implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Relay.class);

    static final String LEASE = "outbox-relay";
    private static final Duration AWAIT = Duration.ofMillis(250);
    private static final long GATHER_MILLIS_PER_EVENT = 2;
    private static final long GATHER_AT_MOST_MILLIS = 40;
    /** Longer than the producer itself keeps trying. */
    private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(60);
    /** An idle stream still moves on; its place is stored now and then, so that it is not lost with the oplog. */
    private static final Duration STORE_IDLE_PLACE_EVERY = Duration.ofSeconds(30);

    private static final List<Bson> INSERTS = List.of(match(eq("operationType", "insert")));

    /** Errors of the server that pass by themselves, from MongoDB's specification of retryable reads; and denied access. */
    private static final Set<Integer> PASSING = Set.of(
            6, 7, 63, 89, 91, 133, 134, 150, 189, 234, 262, 9001, 10107, 11600, 11602, 13388, 13435, 13436, 13, 18, 43,
            50, 237);

    private static final Set<Integer> PLACE_LOST = Set.of(260, 280, 286);

    private final MongoClient client;
    private final MongoDatabaseFactory database;
    private final Leases leases;
    private final EventSink sink;
    private final TopicsAtStart topics;
    private final OutboxProperties properties;
    private final RelayLatency latency;
    private final SentLately sentLately = new SentLately();

    private volatile boolean running;
    private volatile long leaseEndsNanos;
    private volatile boolean leading;
    private volatile @Nullable Watermark watermark;
    private volatile @Nullable Watermark stored;
    private volatile @Nullable BsonTimestamp followingSince;
    private long storedNanos;
    private @Nullable BsonTimestamp sweptTo;
    private @Nullable Thread thread;
    private @Nullable ScheduledExecutorService upkeep;

    Relay(
            MongoClient client,
            MongoDatabaseFactory database,
            Leases leases,
            EventSink sink,
            TopicsAtStart topics,
            OutboxProperties properties,
            RelayLatency latency) {
        this.client = client;
        this.database = database;
        this.leases = leases;
        this.sink = sink;
        this.topics = topics;
        this.properties = properties;
        this.latency = latency;
    }

    @Override
    public synchronized void start() {
        if (running || !properties.relay()) {
            return;
        }
        running = true;
        thread = Thread.ofPlatform().name("outbox-relay").daemon(true).start(this::run);
        upkeep = Executors.newScheduledThreadPool(
                2, Thread.ofPlatform().name("outbox-upkeep-", 0).daemon(true).factory());
        every(properties.lease().dividedBy(4), this::keepLease);
        every(properties.watermarkEvery(), () -> store(false));
        every(properties.sweepEvery(), this::sweep);
    }

    private void every(Duration interval, Runnable task) {
        Objects.requireNonNull(upkeep)
                .scheduleWithFixedDelay(
                        () -> {
                            try {
                                task.run();
                            } catch (RuntimeException e) {
                                // the relay's own thread meets the same trouble and says so; the next round tries again
                                log.debug("Upkeep of the outbox failed", e);
                            }
                        },
                        0,
                        interval.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void stop() {
        if (!running) {
            return;
        }
        end();
        if (leads()) {
            try {
                store(false);
                leading = false;
                leases.release(LEASE);
            } catch (RuntimeException e) {
                log.debug("Could not hand the outbox over; another relay takes it when the lease ends", e);
            }
        }
        leading = false;
    }

    /** Ends as a killed process would: nothing stored, lease not given back. */
    synchronized void kill() {
        leading = false;
        if (running) {
            end();
        }
    }

    private void end() {
        running = false;
        Objects.requireNonNull(upkeep).shutdownNow();
        Thread worker = Objects.requireNonNull(thread);
        try {
            if (!worker.join(AWAIT.multipliedBy(4))) {
                worker.interrupt();
                worker.join(Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Starts last and stops first: what it sends through must be there. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }

    /** True while this relay, and no other, sends. */
    boolean leads() {
        return leading && System.nanoTime() - leaseEndsNanos < 0;
    }

    /** How far this relay is; null unless it leads. */
    @Nullable
    Watermark watermark() {
        return leads() ? watermark : null;
    }

    /** Since when (cluster time) {@link #sentLately()} knows all that was sent; null unless this relay leads. */
    @Nullable
    BsonTimestamp followingSince() {
        return leads() ? followingSince : null;
    }

    SentLately sentLately() {
        return sentLately;
    }

    private void run() {
        Backoff backoff = new Backoff(properties.retryAtMost());
        while (running) {
            try {
                if (!topics.await(AWAIT) || !takeLease()) {
                    Thread.sleep(properties.lease().dividedBy(20));
                    continue;
                }
                follow(backoff);
            } catch (InterruptedException e) {
                return;
            } catch (PlaceLost e) {
                log.warn("The place in the outbox's change stream is lost; sending what the margin has kept", e);
                forgetPlace();
            } catch (RuntimeException | Error e) {
                // an Error too: a thread that ended in silence would leave the lease with a relay that sends nothing
                if (!running) {
                    return;
                }
                log.warn("The relay stopped and will go on from its watermark: {}", e.toString());
                log.debug("Why the relay stopped", e);
                if (!backoff.pause()) {
                    return;
                }
            }
        }
    }

    private boolean takeLease() {
        if (leads()) {
            return true;
        }
        leading = false;
        long asked = System.nanoTime();
        if (!leases.hold(LEASE, properties.lease())) {
            return false;
        }
        leaseEndsNanos = asked + properties.lease().toNanos();
        sentLately.clear();
        followingSince = null;
        watermark = null;
        stored = null;
        leading = true;
        return true;
    }

    private void keepLease() {
        Thread worker = thread;
        if (leads() && worker != null && worker.isAlive()) {
            long asked = System.nanoTime();
            if (leases.hold(LEASE, properties.lease())) {
                leaseEndsNanos = asked + properties.lease().toNanos();
            } else {
                leading = false;
            }
        }
    }

    private void follow(Backoff backoff) throws InterruptedException {
        Watermark from = watermark;
        if (from == null) {
            from = load();
        }
        try (MongoChangeStreamCursor<ChangeStreamDocument<Document>> cursor =
                from == null || from.token() == null ? sendKept(from, backoff) : resume(from, from.token())) {
            backoff.reset();
            if (followingSince == null) {
                followingSince = Objects.requireNonNull(watermark).time();
            }
            List<OutboxRow> rows = new ArrayList<>();
            while (running && leads()) {
                if (rows.size() > 1) {
                    // events come faster than one by one: taking more at once spares database and broker most of the
                    // work
                    Thread.sleep(Math.min(GATHER_AT_MOST_MILLIS, GATHER_MILLIS_PER_EVENT * rows.size()));
                }
                ChangeStreamDocument<Document> first = cursor.tryNext();
                if (first == null) {
                    rows.clear();
                    moveIdle(cursor.getResumeToken());
                    continue;
                }
                rows.clear();
                ChangeStreamDocument<Document> last = first;
                BsonDateTime committed = first.getWallTime();
                rows.add(OutboxRow.of(Objects.requireNonNull(first.getFullDocument())));
                while (rows.size() < properties.batch() && cursor.available() > 0) {
                    ChangeStreamDocument<Document> next = cursor.tryNext();
                    if (next == null) {
                        break;
                    }
                    last = next;
                    rows.add(OutboxRow.of(Objects.requireNonNull(next.getFullDocument())));
                }
                // where kept rows and stream overlap
                rows.removeIf(row -> sentLately.contains(row.id()));
                sendAll(rows, backoff);
                watermark = new Watermark(last.getResumeToken(), Objects.requireNonNull(last.getClusterTime()));
                if (committed != null) {
                    latency.record(Duration.ofMillis(System.currentTimeMillis() - committed.getValue()), rows.size());
                }
            }
        } catch (MongoException e) {
            if (isPlaceLost(e)) {
                throw new PlaceLost(e);
            }
            throw e;
        }
    }

    /** True when the stored place in the change stream leads nowhere any more. */
    static boolean isPlaceLost(MongoException e) {
        return PLACE_LOST.contains(e.getCode()) || e.hasErrorLabel("NonResumableChangeStreamError");
    }

    private MongoChangeStreamCursor<ChangeStreamDocument<Document>> resume(Watermark from, BsonDocument token) {
        try {
            var cursor = stream().resumeAfter(token).cursor();
            watermark = from;
            stored = from;
            return cursor;
        } catch (MongoCommandException e) {
            boolean passing = e instanceof MongoNotPrimaryException
                    || e instanceof MongoNodeIsRecoveringException
                    || PASSING.contains(e.getCode());
            // whatever else the server has against a token, asking again will not change it
            throw passing ? e : new PlaceLost(e);
        }
    }

    /**
     * Opens the stream at the present and then sends the rows that are still there, so that a row is in one of them at least.
     * In the order of their stamps, which within one aggregate is the order of commits: a second command on it fails unless it
     * began after the first one's commit.
     */
    private MongoChangeStreamCursor<ChangeStreamDocument<Document>> sendKept(@Nullable Watermark from, Backoff backoff)
            throws InterruptedException {
        ClientSessionOptions causal =
                ClientSessionOptions.builder().causallyConsistent(true).build();
        try (ClientSession session = client.startSession(causal)) {
            database.getMongoDatabase().runCommand(session, new Document("ping", 1));
            BsonTimestamp present = Objects.requireNonNull(session.getOperationTime());
            var cursor = stream().startAtOperationTime(present).cursor();
            try {
                BsonTimestamp since = from == null
                        ? new BsonTimestamp(0, 0)
                        : from.minusSeconds(properties.margin().toSeconds());
                List<OutboxRow> rows = new ArrayList<>();
                // the session makes this read wait for all that was committed before the stream's beginning
                try (MongoCursor<Document> kept = outbox().find(session, gte(OutboxRow.AT, since))
                        .sort(ascending(OutboxRow.AT, "_id"))
                        .allowDiskUse(true)
                        .batchSize(properties.batch())
                        .cursor()) {
                    while (kept.hasNext()) {
                        rows.add(OutboxRow.of(kept.next()));
                        if (rows.size() == properties.batch() || !kept.hasNext()) {
                            sendAll(rows, backoff);
                            rows.clear();
                        }
                    }
                }
                watermark = new Watermark(cursor.getResumeToken(), present);
                return cursor;
            } catch (InterruptedException | RuntimeException e) {
                cursor.close();
                throw e;
            }
        }
    }

    /** Returns when Kafka has acknowledged all rows, however long that takes. */
    private void sendAll(List<OutboxRow> rows, Backoff backoff) throws InterruptedException {
        Set<String> keys = new HashSet<>();
        List<OutboxRow> together = new ArrayList<>();
        for (OutboxRow row : rows) {
            if (!keys.add(row.key())) {
                sendTogether(together, backoff);
                keys.clear();
                together.clear();
                keys.add(row.key());
            }
            together.add(row);
        }
        sendTogether(together, backoff);
        sentLately.add(rows);
    }

    private void sendTogether(List<OutboxRow> rows, Backoff backoff) throws InterruptedException {
        List<OutboxRow> left = rows;
        while (!left.isEmpty()) {
            if (!running || !leads()) {
                throw new IllegalStateException("the lease is gone");
            }
            List<Future<?>> acknowledgements = new ArrayList<>(left.size());
            @Nullable Throwable why = null;
            for (OutboxRow row : left) {
                try {
                    acknowledgements.add(sink.send(row));
                } catch (RuntimeException e) {
                    why = e;
                    break;
                }
            }
            List<OutboxRow> failed = new ArrayList<>();
            for (int i = 0; i < left.size(); i++) {
                if (i >= acknowledgements.size()) {
                    failed.add(left.get(i));
                    continue;
                }
                try {
                    acknowledgements.get(i).get(ACKNOWLEDGED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
                } catch (ExecutionException | TimeoutException e) {
                    why = e;
                    failed.add(left.get(i));
                }
            }
            if (failed.isEmpty()) {
                backoff.reset();
                return;
            }
            log.warn(
                    "Kafka did not take {} of {} events, the first is {} {}; trying again: {}",
                    failed.size(),
                    left.size(),
                    failed.getFirst().type(),
                    failed.getFirst().id(),
                    String.valueOf(why));
            if (!backoff.pause()) {
                throw new InterruptedException();
            }
            left = failed;
        }
    }

    private ChangeStreamIterable<Document> stream() {
        return outbox().watch(INSERTS)
                .batchSize(properties.batch())
                .maxAwaitTime(AWAIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void moveIdle(@Nullable BsonDocument token) {
        Watermark current = watermark;
        if (token != null
                && current != null
                && current == stored
                && System.nanoTime() - storedNanos > STORE_IDLE_PLACE_EVERY.toNanos()) {
            watermark = new Watermark(token, current.time());
        }
    }

    /** @param surely false when losing it with a crash would only send some events twice */
    private synchronized void store(boolean surely) {
        Watermark current = watermark;
        if (!leading || current == null || (current == stored && !surely)) {
            return;
        }
        database.getMongoDatabase()
                .getCollection(Watermark.COLLECTION)
                .withWriteConcern(surely ? WriteConcern.MAJORITY.withJournal(true) : WriteConcern.W1)
                .replaceOne(eq("_id", Watermark.ID), current.document(), new ReplaceOptions().upsert(true));
        stored = current;
        storedNanos = System.nanoTime();
    }

    private void sweep() {
        Watermark current = watermark;
        if (!leads() || current == null || current.time().equals(sweptTo)) {
            // while nothing is sent there is nothing to delete, and looking for it would read the whole backlog
            return;
        }
        store(true);
        sweptTo = current.time();
        BsonTimestamp behind = current.minusSeconds(properties.margin().toSeconds());
        // the time in the ids makes it a range of the collection; the server's stamp decides, for a writer's clock may
        // be wrong
        outbox().deleteMany(and(
                lt("_id", Ids.smallestAt(Instant.ofEpochSecond(Integer.toUnsignedLong(behind.getTime())))),
                lt(OutboxRow.AT, behind)));
    }

    private @Nullable Watermark load() {
        Document row = database.getMongoDatabase()
                .getCollection(Watermark.COLLECTION)
                .find(eq("_id", Watermark.ID))
                .first();
        return row == null ? null : Watermark.of(row);
    }

    private void forgetPlace() {
        Watermark lost = watermark;
        if (lost == null) {
            lost = load();
        }
        watermark = lost == null ? null : new Watermark(null, lost.time());
    }

    private MongoCollection<Document> outbox() {
        return database.getMongoDatabase().getCollection(OutboxRow.COLLECTION);
    }

    private static final class PlaceLost extends RuntimeException {
        PlaceLost(MongoException cause) {
            super(cause);
        }
    }
}
