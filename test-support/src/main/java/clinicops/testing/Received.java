package clinicops.testing;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A message as it lay on a topic.
 *
 * @param key the Kafka key as text; null when there is none
 * @param headers by name, as UTF-8 text
 * @param text the body as UTF-8 text; null for a tombstone
 */
public record Received(
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        Map<String, String> headers,
        @Nullable String text) {

    private static final JsonMapper json = new JsonMapper();

    static Received of(ConsumerRecord<byte[], byte[]> message) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : message.headers()) {
            headers.put(header.key(), String.valueOf(text(header.value())));
        }
        return new Received(
                message.topic(),
                message.partition(),
                message.offset(),
                text(message.key()),
                headers,
                text(message.value()));
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    /** One header; null when it is missing. */
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    /** {@code ce_type}; {@code (no type)} when it is missing, so that it shows in a comparison. */
    public String type() {
        return headers.getOrDefault("ce_type", "(no type)");
    }

    /** {@code ce_id}; null when it is missing. */
    public @Nullable String id() {
        return header("ce_id");
    }

    /** {@code ce_subject}: the aggregate's id; null when it is missing. */
    public @Nullable String subject() {
        return header("ce_subject");
    }

    /** {@code ce_sequence}: the aggregate's version; -1 when it is missing. */
    public long sequence() {
        String sequence = header("ce_sequence");
        return sequence == null ? -1 : Long.parseLong(sequence);
    }

    /** The body as JSON; a tombstone is the missing node. */
    public JsonNode body() {
        return text == null ? json.missingNode() : json.readTree(text);
    }

    /** The body as the record that it carries. */
    public <T> T body(Class<T> as) {
        return json.readerFor(as)
                .without(tools.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .readValue(String.valueOf(text));
    }
}
