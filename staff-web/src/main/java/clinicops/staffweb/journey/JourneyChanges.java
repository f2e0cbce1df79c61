package clinicops.staffweb.journey;

import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Aggregates.project;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.or;

import clinicops.contracts.EventCatalog;
import com.mongodb.ClientSessionOptions;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoNamespace;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.client.ChangeStreamIterable;
import com.mongodb.client.MongoChangeStreamCursor;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import com.mongodb.client.model.changestream.OperationType;
import com.mongodb.client.model.changestream.UpdateDescription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.stereotype.Component;

/**
 * Follows the change stream of the journeys: one per copy of the front door, however many people look on. An entry and the
 * journey that it changes are written in one transaction, so whoever hears of the entry finds the journey changed.
 *
 * <p>Pulses come by the same stream, so that one place in it stands for both.
 *
 * <p>A rebuild writes its journeys beside those that are shown; nothing of it is told but that it is over. After trouble the
 * stream goes on where it was, and when that place is lost it starts over.
 */
@Component
final class JourneyChanges implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(JourneyChanges.class);

    private static final String ENTRIES = "journey_entries";
    private static final String BUILD = "journey_build";
    private static final Duration AWAIT = Duration.ofMillis(500);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    /** A restart is not noticed by those who come back within this time. */
    private static final Duration LOOK_BACK = Duration.ofMinutes(2);
    /** Errors that say the place in the stream is gone. */
    private static final Set<Integer> PLACE_LOST = Set.of(260, 280, 286);
    /** A resume token begins with its kind and the time in the oplog: seconds and a counter, 32 bits each. */
    private static final Pattern TOKEN = Pattern.compile("82([0-9A-Fa-f]{16}).*");

    private static final Set<OperationType> ENDS = EnumSet.of(OperationType.DROP_DATABASE, OperationType.INVALIDATE);

    private static final List<Bson> WHAT_COUNTS = List.of(
            match(or(
                    and(eq("ns.coll", ENTRIES), in("operationType", "insert", "drop", "rename")),
                    and(eq("ns.coll", Pulses.COLLECTION), eq("operationType", "insert")),
                    and(eq("ns.coll", BUILD), in("operationType", "insert", "update", "replace")),
                    in("operationType", "dropDatabase", "invalidate"))),
            project(Projections.include(
                    "operationType",
                    "ns",
                    "clusterTime",
                    "updateDescription",
                    "fullDocument.generation",
                    "fullDocument.patientId",
                    "fullDocument.at",
                    "fullDocument.service",
                    "fullDocument.type",
                    "fullDocument.wireType",
                    "fullDocument.shown")));

    /** Entries keep an event's name without its version. */
    private static final Map<String, String> WIRE_TYPES = EventCatalog.entries().stream()
            .collect(Collectors.toMap(
                    entry -> entry.type().substring(0, entry.type().lastIndexOf('.')),
                    EventCatalog.Entry::type,
                    (older, newer) -> newer));

    private final MongoClient client;
    private final MongoDatabaseFactory database;
    private final JourneyStore store;
    private final JourneyFollower follower;

    private volatile boolean running;
    private @Nullable Thread thread;
    // of the following thread alone
    private boolean atStart = true;
    private @Nullable BsonDocument token;
    private long position;
    private String shown = JourneyBuild.FIRST;
    private @Nullable Entered entered;

    JourneyChanges(MongoClient client, MongoDatabaseFactory database, JourneyStore store, JourneyFollower follower) {
        this.client = client;
        this.database = database;
        this.store = store;
        this.follower = follower;
    }

    /** What one transaction brought to one patient, as far as it was read. */
    private record Entered(long position, String patientId, Instant at, List<String> types) {}

    @Override
    public synchronized void start() {
        if (!running) {
            running = true;
            thread = Thread.ofVirtual().name("journey-changes").start(this::run);
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
        Thread worker = thread;
        thread = null;
        if (worker == null) {
            return;
        }
        try {
            // left to itself it closes what it has open at the server
            if (!worker.join(AWAIT.multipliedBy(2))) {
                worker.interrupt();
            }
        } catch (InterruptedException e) {
            worker.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        while (running) {
            try (var cursor = open()) {
                pause = FIRST_PAUSE;
                while (running) {
                    read(cursor);
                }
            } catch (RuntimeException | Error e) {
                // an Error too: a thread that ended in silence would leave everybody with what they see now
                if (!running) {
                    return;
                }
                entered = null;
                if (token != null && placeLost(e)) {
                    log.warn("The place in the journeys' change stream is lost; everybody looks again");
                    token = null;
                    continue;
                }
                log.warn("Journeys can't be followed for now: {}", e.getClass().getName());
                log.debug("Why journeys can't be followed", e);
                try {
                    Thread.sleep(pause);
                } catch (InterruptedException interrupted) {
                    return;
                }
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private static boolean placeLost(Throwable failure) {
        return failure instanceof MongoException e
                && (PLACE_LOST.contains(e.getCode())
                        || e.hasErrorLabel("NonResumableChangeStreamError")
                        // whatever else the server has against a token, asking again will not change it
                        || e instanceof MongoCommandException
                                && !(e instanceof MongoNotPrimaryException)
                                && !(e instanceof MongoNodeIsRecoveringException));
    }

    private MongoChangeStreamCursor<ChangeStreamDocument<Document>> open() {
        BsonDocument from = token;
        if (from != null) {
            return stream().resumeAfter(from).cursor();
        }
        BsonTimestamp present = present();
        MongoChangeStreamCursor<ChangeStreamDocument<Document>> cursor = null;
        if (atStart) {
            try {
                var past = new BsonTimestamp((int) (present.getTime() - LOOK_BACK.toSeconds()), 0);
                cursor = stream().startAtOperationTime(past).cursor();
                position = past.getValue();
            } catch (MongoCommandException e) {
                log.debug("The oplog does not reach back so far", e);
            }
        }
        if (cursor == null) {
            cursor = stream().startAtOperationTime(present).cursor();
            position = present.getValue();
        }
        atStart = false;
        try {
            // after the stream was opened: a build that is shown from now on comes by it
            shown = store.build().shown();
        } catch (RuntimeException e) {
            cursor.close();
            throw e;
        }
        follower.startOver(position);
        return cursor;
    }

    private void read(MongoChangeStreamCursor<ChangeStreamDocument<Document>> cursor) {
        ChangeStreamDocument<Document> change = cursor.tryNext();
        while (change != null) {
            take(change);
            token = change.getResumeToken();
            change = cursor.available() > 0 ? cursor.tryNext() : null;
        }
        tell();
        BsonDocument reached = cursor.getResumeToken();
        if (reached != null) {
            token = reached;
            position = Math.max(position, position(reached));
        }
        follower.upTo(position);
    }

    private void take(ChangeStreamDocument<Document> change) {
        BsonTimestamp time = change.getClusterTime();
        if (time != null) {
            position = Math.max(position, time.getValue());
        }
        if (ENDS.contains(change.getOperationType())) {
            token = null;
            throw new IllegalStateException("the journeys' database was dropped");
        }
        MongoNamespace place = change.getNamespace();
        Document document = change.getFullDocument();
        if (place != null && BUILD.equals(place.getCollectionName())) {
            show(change.getUpdateDescription(), document);
        } else if (place != null && Pulses.COLLECTION.equals(place.getCollectionName()) && document != null) {
            enter(document, Objects.requireNonNull(document.getString("wireType")));
        } else if (change.getOperationType() != OperationType.INSERT) {
            startOver();
        } else if (document != null && shown.equals(document.getString("generation"))) {
            String name = document.getString("service") + "." + document.getString("type");
            enter(document, WIRE_TYPES.getOrDefault(name, name + ".v1"));
        }
    }

    private void show(@Nullable UpdateDescription update, @Nullable Document document) {
        if (update != null && update.getUpdatedFields() != null) {
            BsonValue next = update.getUpdatedFields().get("shown");
            if (next != null) {
                shown = next.asString().getValue();
                startOver();
            }
        } else if (document != null && !shown.equals(document.getString("shown"))) {
            shown = Objects.requireNonNull(document.getString("shown"));
            startOver();
        }
    }

    private void startOver() {
        tell();
        follower.startOver(position);
    }

    private void enter(Document document, String type) {
        String patientId = Objects.requireNonNull(document.getString("patientId"));
        Instant at = Objects.requireNonNull(document.getDate("at")).toInstant();
        Entered before = entered;
        if (before != null
                && before.position() == position
                && before.patientId().equals(patientId)) {
            var types = new ArrayList<>(before.types());
            types.add(type);
            entered = new Entered(position, patientId, at.isAfter(before.at()) ? at : before.at(), types);
            return;
        }
        tell();
        entered = new Entered(position, patientId, at, List.of(type));
    }

    private void tell() {
        Entered complete = entered;
        if (complete != null) {
            entered = null;
            follower.entered(complete.position(), complete.patientId(), complete.at(), complete.types());
        }
    }

    private BsonTimestamp present() {
        try (var session = client.startSession(
                ClientSessionOptions.builder().causallyConsistent(true).build())) {
            database.getMongoDatabase().runCommand(session, new Document("ping", 1));
            return Objects.requireNonNull(session.getOperationTime());
        }
    }

    private ChangeStreamIterable<Document> stream() {
        MongoDatabase all = database.getMongoDatabase();
        // of the whole database: what enters a build and when it is shown must come in one order
        return all.watch(WHAT_COUNTS).maxAwaitTime(AWAIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** 0 when the server writes its tokens in another way by then. */
    private static long position(BsonDocument token) {
        if (token.get("_data") instanceof BsonString data) {
            Matcher time = TOKEN.matcher(data.getValue());
            if (time.matches()) {
                return Long.parseUnsignedLong(time.group(1), 16);
            }
        }
        return 0;
    }
}
