package clinicops.outbox;

import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * How far the relay is: everything committed up to {@code time} (cluster time) was acknowledged by Kafka.
 *
 * @param token place in the change stream; null right after the place was lost
 */
record Watermark(@Nullable BsonDocument token, BsonTimestamp time) {

    static final String COLLECTION = "outbox_relay";
    static final String ID = "watermark";

    static Watermark of(Document row) {
        Document token = row.get("token", Document.class);
        return new Watermark(token == null ? null : token.toBsonDocument(), row.get("time", BsonTimestamp.class));
    }

    Document document() {
        Document row = new Document("_id", ID).append("time", time);
        if (token != null) {
            row.append("token", token);
        }
        return row;
    }

    /** Rows stamped before it, and only these, were certainly committed and sent that long ago. */
    BsonTimestamp minusSeconds(long seconds) {
        return new BsonTimestamp((int) Math.max(0, time.getTime() - seconds), 0);
    }
}
