package clinicops.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A frozen sample is an event as it was once sent. Samples are added, never edited: {@code type.json}, {@code
 * type.2.json} ...
 */
class SampleTest {
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    static Stream<Path> samples() throws Exception {
        return Files.list(ContractDocuments.SAMPLES).sorted();
    }

    @Test
    void everyEventHasASample() {
        assertThat(EventCatalog.entries())
                .allSatisfy(e -> assertThat(ContractDocuments.SAMPLES.resolve(e.type() + ".json"))
                        .exists());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void frozenSampleStillReads(Path sample) throws Exception {
        Event event = read(sample, EventSchemas.JSON.readTree(Files.readString(sample)));
        assertThat(Arrays.stream(event.getClass().getRecordComponents()).filter(c -> !c.getAnnotatedType()
                        .isAnnotationPresent(org.jspecify.annotations.Nullable.class)))
                .allSatisfy(c -> assertThat(c.getAccessor().invoke(event))
                        .as(c.getName())
                        .isNotNull());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatIsWrittenIsWhatWasRead(Path sample) throws Exception {
        JsonNode json = EventSchemas.JSON.readTree(Files.readString(sample));
        JsonNode written = EventSchemas.JSON.readTree(EventSchemas.JSON.writeValueAsString(read(sample, json)));
        assertThat(withoutNulls(written)).isEqualTo(withoutNulls(json));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void sampleFitsItsSchema(Path sample) throws Exception {
        String schema = Files.readString(ContractDocuments.SCHEMAS.resolve(type(sample) + ".json"));
        var errors = SCHEMAS.getSchema(schema)
                .validate(
                        Files.readString(sample),
                        InputFormat.JSON,
                        c -> c.executionConfig(e -> e.formatAssertionsEnabled(true)));
        assertThat(errors).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void schemaRefusesASampleWithoutItsFirstComponent(Path sample) throws Exception {
        ObjectNode json = (ObjectNode) EventSchemas.JSON.readTree(Files.readString(sample));
        json.remove(json.propertyNames().iterator().next());
        String schema = Files.readString(ContractDocuments.SCHEMAS.resolve(type(sample) + ".json"));
        assertThat(SCHEMAS.getSchema(schema).validate(json.toString(), InputFormat.JSON))
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void componentsOfANewerVersionAreIgnored(Path sample) throws Exception {
        ObjectNode json = (ObjectNode) EventSchemas.JSON.readTree(Files.readString(sample));
        Event known = read(sample, json);
        json.put("addedLater", "x").putObject("addedLaterToo").put("y", 1);
        assertThat(read(sample, json)).isEqualTo(known);
    }

    private static Event read(Path sample, JsonNode json) {
        return EventSchemas.JSON.treeToValue(
                json, EventCatalog.byType(type(sample)).orElseThrow().recordClass());
    }

    private static String type(Path sample) {
        return sample.getFileName().toString().replaceAll("(\\.v\\d+)(\\.\\d+)?\\.json$", "$1");
    }

    private static JsonNode withoutNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = EventSchemas.JSON.createObjectNode();
            object.properties().stream()
                    .filter(p -> !p.getValue().isNull())
                    .forEach(p -> copy.set(p.getKey(), withoutNulls(p.getValue())));
            return copy;
        }
        return node;
    }
}
