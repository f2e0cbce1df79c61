package clinicops.outbox;

import clinicops.contracts.Event;
import clinicops.contracts.EventCatalog;
import clinicops.contracts.Topics;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.MongoDatabaseUtils;
import org.springframework.data.mongodb.core.MongoTemplate;

/** The outbox as a collection beside the aggregates. */
final class MongoOutbox implements Outbox {

    /** Kafka refuses records above 1 MB, and one that it refuses would stop all that follow. */
    private static final int LONGEST_BODY = 900_000;

    private final MongoTemplate mongo;
    private final MongoDatabaseFactory database;
    private final Clock clock;

    MongoOutbox(MongoTemplate mongo, MongoDatabaseFactory database, Clock clock) {
        this.mongo = mongo;
        this.database = database;
        this.clock = clock;
    }

    @Override
    public void append(String subject, long sequence, List<? extends Event> events) {
        requireTransaction();
        if (events.isEmpty()) {
            return;
        }
        insert(rows(subject, sequence, events));
    }

    @Override
    public Gathered gather() {
        List<OutboxRow> rows = new ArrayList<>();
        return new Gathered() {
            @Override
            public void append(String subject, long sequence, List<? extends Event> events) {
                rows.addAll(rows(subject, sequence, events));
            }

            @Override
            public void appendContact(String patientId, long sequence, @Nullable String sealed) {
                rows.add(card(patientId, sequence, sealed));
            }

            @Override
            public void store() {
                requireTransaction();
                if (!rows.isEmpty()) {
                    insert(rows);
                    rows.clear();
                }
            }
        };
    }

    private List<OutboxRow> rows(String subject, long sequence, List<? extends Event> events) {
        Origin origin = origin();
        return events.stream()
                .map(event -> {
                    EventCatalog.Entry entry = EventCatalog.of(event.getClass());
                    String key = Objects.requireNonNullElse(event.patientId(), subject);
                    return origin.row(
                            entry.topic(),
                            key,
                            entry.type(),
                            entry.owner(),
                            subject,
                            sequence,
                            EventFormat.write(event));
                })
                .toList();
    }

    @Override
    public void appendContact(String patientId, long sequence, @Nullable String sealed) {
        requireTransaction();
        insert(List.of(card(patientId, sequence, sealed)));
    }

    private OutboxRow card(String patientId, long sequence, @Nullable String sealed) {
        return origin().row(Topics.CONTACT, patientId, Wire.CONTACT_CARD, "intake", patientId, sequence, sealed);
    }

    private void requireTransaction() {
        if (!MongoDatabaseUtils.isTransactionActive(database)) {
            throw new IllegalStateException(
                    "Outbox.append needs a MongoDB transaction: an event without its aggregate's change is never sent");
        }
    }

    private void insert(List<OutboxRow> rows) {
        for (OutboxRow row : rows) {
            String body = row.body();
            if (body != null && body.length() > LONGEST_BODY) {
                throw new IllegalArgumentException("An event of type %s is too long to be sent: %d characters"
                        .formatted(row.type(), body.length()));
            }
        }
        mongo.execute(OutboxRow.COLLECTION, outbox -> {
            outbox.insertMany(rows.stream().map(OutboxRow::document).toList());
            return null;
        });
    }

    private Origin origin() {
        return new Origin(
                clock.instant(),
                Objects.requireNonNullElseGet(EventContext.correlationId(), Ids::next),
                EventContext.causationId(),
                traceparent());
    }

    /** What the tracer left for the log lines of this thread, as W3C Trace Context writes it. */
    private static @Nullable String traceparent() {
        String traceId = MDC.get("traceId");
        String spanId = MDC.get("spanId");
        return traceId == null || spanId == null || traceId.length() != 32 || spanId.length() != 16
                ? null
                : "00-" + traceId + "-" + spanId + "-01";
    }

    private record Origin(
            Instant time,
            String correlationId,
            @Nullable String causationId,
            @Nullable String traceparent) {

        OutboxRow row(
                String topic,
                String key,
                String type,
                String owner,
                String subject,
                long sequence,
                @Nullable String body) {
            return new OutboxRow(
                    Ids.next(),
                    topic,
                    key,
                    type,
                    "/" + owner,
                    subject,
                    sequence,
                    time,
                    correlationId,
                    causationId,
                    traceparent,
                    body);
        }
    }
}
