package clinicops.contracts;

import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The JSON Schema of an event, derived from its record: what has no {@code @Nullable} is required. */
final class EventSchemas {
    /** Writes and reads as the services do: lenient about what it does not know. */
    static final JsonMapper JSON = JsonMapper.builder()
            .disable(tools.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private static final Map<Type, String> FORMATS = Map.of(Instant.class, "date-time", LocalDate.class, "date");
    private static final SchemaGenerator GENERATOR = generator();

    private EventSchemas() {}

    static ObjectNode of(EventCatalog.Entry entry) {
        ObjectNode schema = GENERATOR.generateSchema(entry.recordClass());
        schema.put("title", entry.type());
        return schema;
    }

    private static SchemaGenerator generator() {
        var config = new SchemaGeneratorConfigBuilder(JSON, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(Option.INLINE_ALL_SCHEMAS)
                .without(Option.SCHEMA_VERSION_INDICATOR);
        config.forFields()
                .withRequiredCheck(f -> !isNullable(f.getRawMember()))
                .withNullableCheck(f -> isNullable(f.getRawMember()));
        config.forTypesInGeneral().withCustomDefinitionProvider((type, context) -> {
            Class<?> raw = type.getErasedType();
            if (FORMATS.containsKey(raw)) {
                return definition(context.getGeneratorConfig()
                        .createObjectNode()
                        .put("type", "string")
                        .put("format", FORMATS.get(raw)));
            }
            if (raw == BigDecimal.class) {
                return definition(
                        context.getGeneratorConfig().createObjectNode().put("type", "number"));
            }
            return null;
        });
        return new SchemaGenerator(config.build());
    }

    private static com.github.victools.jsonschema.generator.CustomDefinition definition(ObjectNode node) {
        return new com.github.victools.jsonschema.generator.CustomDefinition(node, true);
    }

    private static boolean isNullable(java.lang.reflect.Field field) {
        return field.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }
}
