package clinicops.chassis.openapi;

import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what the compiler knows of records: a component is required and not null, unless it is {@code @Nullable}. Also
 * refuses two records of one name in one service, which would otherwise be published as one.
 */
final class RecordSchemas implements ModelConverter {
    /** Static, because springdoc keeps one set of converters for all services in a process. */
    private static final Map<String, Class<?>> OWNERS = new ConcurrentHashMap<>();

    @Override
    public boolean isOpenapi31() {
        return true;
    }

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> others) {
        if (!others.hasNext()) {
            return null;
        }
        Schema<?> resolved = others.next().resolve(type, context, others);
        JavaType javaType = Json.mapper().constructType(type.getType());
        if (resolved == null || javaType == null || !javaType.getRawClass().isRecord()) {
            return resolved;
        }
        Schema<?> model = resolved;
        String reference = resolved.get$ref();
        if (reference != null) {
            String name = reference.substring(reference.lastIndexOf('/') + 1);
            owned(name, javaType);
            model = context.getDefinedModels().get(name);
        }
        if (model != null && model.getProperties() != null) {
            describe(model, javaType.getRawClass());
        }
        return resolved;
    }

    private static void owned(String name, JavaType type) {
        Class<?> raw = type.getRawClass();
        if (type.hasGenericTypes()) {
            return;
        }
        Class<?> owner = OWNERS.putIfAbsent(service(raw) + " " + name, raw);
        if (owner != null && !owner.getName().equals(raw.getName())) {
            throw new IllegalStateException(
                    "two records are called " + name + " in the API: " + owner.getName() + " and " + raw.getName());
        }
    }

    /** {@code clinicops.intake} of {@code clinicops.intake.patient.PatientView}. */
    private static String service(Class<?> type) {
        String[] parts = type.getPackageName().split("\\.", 3);
        return parts.length < 2 ? type.getPackageName() : parts[0] + "." + parts[1];
    }

    private static void describe(Schema<?> model, Class<?> type) {
        var properties = new LinkedHashMap<String, Schema<?>>();
        model.getProperties().forEach((name, schema) -> properties.put(name, schema));
        for (RecordComponent component : type.getRecordComponents()) {
            Schema<?> property = properties.get(component.getName());
            if (property == null) {
                continue;
            }
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                if (model.getRequired() == null || !model.getRequired().contains(component.getName())) {
                    model.addRequiredItem(component.getName());
                }
            } else if (property.get$ref() != null) {
                var nothing = new Schema<>();
                nothing.setTypes(Set.of("null"));
                var either = new Schema<>();
                either.setOneOf(List.of(property, nothing));
                either.setDescription(property.getDescription());
                model.addProperty(component.getName(), either);
            } else if (property.getTypes() != null) {
                var types = new LinkedHashSet<>(property.getTypes());
                types.add("null");
                property.setTypes(types);
            }
        }
    }
}
