package clinicops.outbox;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** How Stream's binder reaches Kafka, for the clients that Stream has no word for. */
record KafkaConnection(Map<String, Object> settings) {

    private static final String BINDER = "spring.cloud.stream.kafka.binder.";

    static KafkaConnection of(Environment environment) {
        Binder properties = Binder.get(environment);
        Map<String, Object> settings = new HashMap<>(properties
                .bind(BINDER + "configuration", Bindable.mapOf(String.class, String.class))
                .orElseGet(Map::of));
        List<String> brokers = properties
                .bind(BINDER + "brokers", Bindable.listOf(String.class))
                .orElseGet(() -> List.of("localhost"));
        settings.put(
                "bootstrap.servers",
                brokers.stream()
                        .flatMap(b -> Arrays.stream(b.split(",")))
                        .map(String::strip)
                        .map(b -> b.contains(":") ? b : b + ":9092")
                        .collect(Collectors.joining(",")));
        return new KafkaConnection(Map.copyOf(settings));
    }

    Map<String, Object> with(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putAll(more);
        return all;
    }
}
