package clinicops.outbox;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** A row of the collection {@code outbox}: an event on its way. A null body is a tombstone. */
record OutboxRow(
        String id,
        String topic,
        String key,
        String type,
        String source,
        String subject,
        long sequence,
        Instant time,
        String correlationId,
        @Nullable String causationId,
        @Nullable String traceparent,
        @Nullable String body) {

    static final String COLLECTION = "outbox";
    static final String AT = "at";

    static OutboxRow of(Document row) {
        return new OutboxRow(
                row.getString("_id"),
                row.getString("topic"),
                row.getString("key"),
                row.getString("type"),
                row.getString("source"),
                row.getString("subject"),
                row.getLong("sequence"),
                row.getDate("time").toInstant(),
                row.getString("correlationId"),
                row.getString("causationId"),
                row.getString("traceparent"),
                row.getString("body"));
    }

    Document document() {
        Document row = new Document("_id", id)
                // the server replaces an empty timestamp on insert, so that no client's clock decides
                .append(AT, new BsonTimestamp())
                .append("topic", topic)
                .append("key", key)
                .append("type", type)
                .append("source", source)
                .append("subject", subject)
                .append("sequence", sequence)
                .append("time", Date.from(time))
                .append("correlationId", correlationId);
        appendUnlessNull(row, "causationId", causationId);
        appendUnlessNull(row, "traceparent", traceparent);
        appendUnlessNull(row, "body", body);
        return row;
    }

    private static void appendUnlessNull(Document row, String name, @Nullable String value) {
        if (value != null) {
            row.append(name, value);
        }
    }

    ProducerRecord<byte[], byte[]> message() {
        ProducerRecord<byte[], byte[]> message =
                new ProducerRecord<>(topic, bytes(key), body == null ? null : bytes(body));
        Headers headers = message.headers();
        headers.add(Wire.SPEC_VERSION, bytes("1.0"))
                .add(Wire.ID, bytes(id))
                .add(Wire.TYPE, bytes(type))
                .add(Wire.SOURCE, bytes(source))
                .add(Wire.SUBJECT, bytes(subject))
                .add(Wire.SEQUENCE, bytes(Long.toString(sequence)))
                .add(Wire.TIME, bytes(time.toString()))
                .add(Wire.CORRELATION_ID, bytes(correlationId));
        if (causationId != null) {
            headers.add(Wire.CAUSATION_ID, bytes(causationId));
        }
        if (traceparent != null) {
            headers.add(Wire.TRACE_PARENT, bytes(traceparent));
        }
        if (body != null) {
            headers.add(
                    Wire.CONTENT_TYPE, bytes(type.equals(Wire.CONTACT_CARD) ? "application/jose" : "application/json"));
        }
        return message;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
