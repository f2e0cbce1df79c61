package clinicops.testing;

import clinicops.contracts.Event;
import clinicops.contracts.EventCatalog;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Puts events on topics as another service would: CloudEvents 1.0 in binary mode; and as none should. */
public final class EventSender implements AutoCloseable {

    private static final JsonMapper json = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private final String bootstrapServers;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Set<String> topicsSeen = ConcurrentHashMap.newKeySet();

    private EventSender(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Sends to the test broker. */
    public static EventSender create() {
        return at(TestServers.bootstrapServers());
    }

    /** Sends to another broker. */
    public static EventSender at(String bootstrapServers) {
        return new EventSender(bootstrapServers);
    }

    /** Sends an event about an aggregate, with fresh ids and sequence 1. */
    public Draft send(String subject, Event event) {
        return draft(subject, event).send();
    }

    /** An event as its owner would send it: topic and type from the catalog, keyed by patient, else by subject. */
    public Draft draft(String subject, Event event) {
        EventCatalog.Entry entry = EventCatalog.of(event.getClass());
        String patient = event.patientId();
        return draft(entry.topic(), entry.type())
                .source("/" + entry.owner())
                .subject(subject)
                .key(patient == null ? subject : patient)
                .body(event);
    }

    /** Any message: complete headers, an empty JSON object as body, no key, until told otherwise. */
    public Draft draft(String topic, String type) {
        return new Draft(topic, type);
    }

    @Override
    public void close() {
        producer.close();
    }

    /** A message in the making. Sent twice it is the same event twice, as after a redelivery. */
    public final class Draft {

        private final String topic;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private @Nullable String key;
        private byte @Nullable [] body = "{}".getBytes(StandardCharsets.UTF_8);

        private Draft(String topic, String type) {
            this.topic = topic;
            headers.put("ce_specversion", "1.0");
            headers.put("ce_id", UUID.randomUUID().toString());
            headers.put("ce_type", type);
            headers.put("ce_source", "/test");
            headers.put("ce_subject", UUID.randomUUID().toString());
            headers.put("ce_sequence", "1");
            headers.put("ce_time", Instant.now().toString());
            headers.put("ce_correlationid", UUID.randomUUID().toString());
            headers.put("ce_causationid", UUID.randomUUID().toString());
            headers.put("content-type", "application/json");
        }

        public Draft id(String id) {
            return header("ce_id", id);
        }

        public Draft source(String source) {
            return header("ce_source", source);
        }

        /** The aggregate's id. */
        public Draft subject(String subject) {
            return header("ce_subject", subject);
        }

        /** The aggregate's version. */
        public Draft sequence(long sequence) {
            return header("ce_sequence", String.valueOf(sequence));
        }

        public Draft time(Instant time) {
            return header("ce_time", time.toString());
        }

        public Draft correlation(String id) {
            return header("ce_correlationid", id);
        }

        public Draft causation(String id) {
            return header("ce_causationid", id);
        }

        public Draft header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        public Draft without(String header) {
            headers.remove(header);
            return this;
        }

        public Draft key(@Nullable String key) {
            this.key = key;
            return this;
        }

        /** Anything that Jackson writes; nulls are left out. */
        public Draft body(Object value) {
            this.body = json.writeValueAsBytes(value);
            return this;
        }

        /** These very characters, well-formed or not. */
        public Draft raw(String text) {
            this.body = text.getBytes(StandardCharsets.UTF_8);
            return this;
        }

        /** No body at all. */
        public Draft tombstone() {
            this.body = null;
            return this;
        }

        /** What {@code ce_id} says; empty when it was left out. */
        public String id() {
            return headers.getOrDefault("ce_id", "");
        }

        /** Sends and returns once the broker has it; the topic is made when it is missing. */
        public Draft send() {
            if (topicsSeen.add(topic)) {
                TestServers.createTopicsAt(bootstrapServers, topic);
            }
            ProducerRecord<byte[], byte[]> message =
                    new ProducerRecord<>(topic, key == null ? null : key.getBytes(StandardCharsets.UTF_8), body);
            headers.forEach((name, value) -> message.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
            try {
                producer.send(message).get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("Could not send to " + topic, e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            return this;
        }
    }
}
