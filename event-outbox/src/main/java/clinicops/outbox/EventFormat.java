package clinicops.outbox;

import clinicops.contracts.Event;
import clinicops.contracts.EventCatalog;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Event records as JSON, with a mapper of its own so that no service's HTTP settings leak into what is sent. */
final class EventFormat {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private static final Map<Class<?>, List<RecordComponent>> REQUIRED = new ConcurrentHashMap<>();

    private EventFormat() {}

    static String write(Event event) {
        return JSON.writeValueAsString(event);
    }

    /** @throws EventRefused {@code malformed-event} when the body is not the record that the type stands for */
    static Event read(EventCatalog.Entry entry, byte @Nullable [] body) {
        if (body == null) {
            throw new EventRefused("malformed-event", "an event of type " + entry.type() + " has no body");
        }
        Event event;
        try {
            event = JSON.readValue(body, entry.recordClass());
        } catch (JacksonException e) {
            throw new EventRefused(
                    "malformed-event", entry.type() + ": " + e.getOriginalMessage() + " at " + path(e), e);
        }
        if (event == null) {
            throw new EventRefused("malformed-event", "the body of an event of type " + entry.type() + " is null");
        }
        for (RecordComponent component : REQUIRED.computeIfAbsent(entry.recordClass(), EventFormat::required)) {
            if (valueOf(component, event) == null) {
                throw new EventRefused("malformed-event", entry.type() + " lacks " + component.getName());
            }
        }
        return event;
    }

    private static String path(JacksonException e) {
        return e.getPath().isEmpty() ? "the root" : e.getPathReference();
    }

    private static List<RecordComponent> required(Class<?> recordClass) {
        return Arrays.stream(recordClass.getRecordComponents())
                .filter(c -> !isNullable(c.getAnnotatedType()))
                .toList();
    }

    private static boolean isNullable(AnnotatedElement type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static @Nullable Object valueOf(RecordComponent component, Event event) {
        try {
            return component.getAccessor().invoke(event);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
