package clinicops.outbox;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A record as Kafka delivered it, before anything is believed of it. Headers as UTF-8 text. */
record Arrived(
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        Map<String, String> headers,
        byte @Nullable [] body) {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

    static Arrived of(ConsumerRecord<?, ?> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            String text = text(header.value());
            if (text != null) {
                headers.put(storable(header.key()), text);
            }
        }
        return new Arrived(
                record.topic(),
                record.partition(),
                record.offset(),
                text(record.key()),
                headers,
                record.value() instanceof byte[] body ? body : null);
    }

    /** MongoDB takes no NUL in a name, and no screen any other control character. */
    private static String storable(String name) {
        return name.chars().noneMatch(Character::isISOControl)
                ? name
                : CONTROL.matcher(name).replaceAll("?");
    }

    static Arrived of(DeadLetter letter) {
        String body = letter.body();
        return new Arrived(
                letter.topic(),
                letter.partition(),
                letter.offset(),
                letter.key(),
                letter.headers(),
                body == null ? null : body.getBytes(StandardCharsets.UTF_8));
    }

    @Nullable
    String id() {
        return headers.get(Wire.ID);
    }

    @Nullable
    String type() {
        return headers.get(Wire.TYPE);
    }

    @Nullable
    String text() {
        return text(body);
    }

    /** @throws EventRefused {@code malformed-event} when the header is missing */
    String required(String header) {
        String value = headers.get(header);
        if (value == null || value.isBlank()) {
            throw new EventRefused("malformed-event", "the header " + header + " is missing");
        }
        return value;
    }

    long sequence() {
        String value = required(Wire.SEQUENCE);
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new EventRefused("malformed-event", "the header " + Wire.SEQUENCE + " is no number", e);
        }
    }

    Instant time() {
        String value = required(Wire.TIME);
        try {
            return Instant.parse(value);
        } catch (DateTimeException e) {
            throw new EventRefused("malformed-event", "the header " + Wire.TIME + " is no instant", e);
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        return switch (value) {
            case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
            case String string -> string;
            case null, default -> null;
        };
    }
}
