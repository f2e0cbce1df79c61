package clinicops.outbox;

import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Aggregates.project;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.Projections;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/**
 * Counts what is not sent yet. A row stamped after the watermark is unsent. One stamped shortly before it may be unsent too,
 * when its transaction took longer than its successor's: the relay that leads tells these by the ids that it has sent.
 */
final class RelayStatus implements OutboxStatus, MeterBinder {

    private static final Logger log = LoggerFactory.getLogger(RelayStatus.class);
    private static final long LATE_COMMIT_SECONDS = 2;
    private static final List<Bson> INSERTS =
            List.of(match(eq("operationType", "insert")), project(Projections.include("_id", "operationType")));
    /** In a long outage the exact number is worth less than the database's time. */
    private static final CountOptions COUNT_AT_MOST = new CountOptions().limit(100_000);

    private final MongoDatabaseFactory database;
    private final Relay relay;

    RelayStatus(MongoDatabaseFactory database, Relay relay) {
        this.database = database;
        this.relay = relay;
    }

    @Override
    public long unsent() {
        BsonTimestamp sentUpTo = sentUpTo();
        long unsent = late(sentUpTo).size() + outbox().countDocuments(gt(OutboxRow.AT, sentUpTo), COUNT_AT_MOST);
        return unsent == 0 && !relay.leads() ? behindThePlace() : unsent;
    }

    /**
     * What another copy's relay has still to read. Only it knows the ids that it has sent; but whatever was committed after its
     * stored place in the change stream, however it is stamped, comes after that place there.
     */
    private long behindThePlace() {
        Document row = database()
                .getCollection(Watermark.COLLECTION)
                .find(eq("_id", Watermark.ID))
                .first();
        BsonDocument token = row == null ? null : Watermark.of(row).token();
        if (token == null) {
            return 0;
        }
        try (var rest = outbox().watch(INSERTS)
                .resumeAfter(token)
                .maxAwaitTime(1, TimeUnit.MILLISECONDS)
                .cursor()) {
            long count = 0;
            while (count < COUNT_AT_MOST.getLimit() && rest.tryNext() != null) {
                count++;
            }
            return count;
        } catch (MongoException e) {
            if (Relay.isPlaceLost(e)) {
                // the relay will notice, and begin by stamps
                return 0;
            }
            throw e;
        }
    }

    @Override
    public Optional<Instant> oldest() {
        BsonTimestamp sentUpTo = sentUpTo();
        List<Document> late = late(sentUpTo);
        Document first = late.isEmpty()
                ? outbox().find(gt(OutboxRow.AT, sentUpTo))
                        .sort(ascending(OutboxRow.AT))
                        .first()
                : late.getFirst();
        return Optional.ofNullable(first)
                .map(row -> Instant.ofEpochSecond(Integer.toUnsignedLong(
                        row.get(OutboxRow.AT, BsonTimestamp.class).getTime())));
    }

    private BsonTimestamp sentUpTo() {
        Watermark own = relay.watermark();
        if (own != null) {
            return own.time();
        }
        Document row = database()
                .getCollection(Watermark.COLLECTION)
                .find(eq("_id", Watermark.ID))
                .first();
        return row == null ? new BsonTimestamp(0, 0) : Watermark.of(row).time();
    }

    private List<Document> late(BsonTimestamp sentUpTo) {
        BsonTimestamp known = relay.followingSince();
        if (known == null) {
            return List.of();
        }
        BsonTimestamp since = new BsonTimestamp((int) (sentUpTo.getTime() - LATE_COMMIT_SECONDS), 0);
        List<Document> late = new ArrayList<>();
        outbox().find(and(gt(OutboxRow.AT, since.compareTo(known) < 0 ? known : since), lte(OutboxRow.AT, sentUpTo)))
                .projection(Projections.include(OutboxRow.AT))
                .sort(ascending(OutboxRow.AT))
                .forEach(row -> {
                    if (!relay.sentLately().contains(row.getString("_id"))) {
                        late.add(row);
                    }
                });
        return late;
    }

    private MongoCollection<Document> outbox() {
        return database().getCollection(OutboxRow.COLLECTION);
    }

    private MongoDatabase database() {
        return database.getMongoDatabase();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("clinicops.outbox.unsent", () -> orUnknown(this::unsent))
                .description("Committed events that Kafka has not acknowledged yet")
                .register(registry);
        Gauge.builder(
                        "clinicops.outbox.oldest.age",
                        () -> orUnknown(() -> oldest().map(RelayStatus::age).orElse(0L)))
                .description("Age of the oldest unsent event")
                .baseUnit("seconds")
                .register(registry);
    }

    private static long age(Instant appended) {
        return Math.max(0, Duration.between(appended, Instant.now()).toSeconds());
    }

    private static double orUnknown(Supplier<Long> value) {
        try {
            return value.get();
        } catch (RuntimeException e) {
            log.debug("The database does not answer", e);
            return Double.NaN;
        }
    }
}
