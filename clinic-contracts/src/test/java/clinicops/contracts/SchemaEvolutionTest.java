package clinicops.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Whoever finds another change that would hurt a reader adds a row to {@code schema-changes.json}. */
class SchemaEvolutionTest {

    static Stream<Arguments> changes() throws Exception {
        try (var in = SchemaEvolutionTest.class.getResourceAsStream("/schema-changes.json")) {
            JsonNode rows = EventSchemas.JSON.readTree(in);
            return StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> Arguments.of(row.path("change").asString(), row));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void judgesTheChange(String change, JsonNode row) {
        var reasons = SchemaEvolution.forbidden(row.path("before"), row.path("after"));
        assertThat(reasons.isEmpty())
                .as("%s %s", change, reasons)
                .isEqualTo(row.path("allowed").asBoolean());
    }
}
