package clinicops.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The committed schemas, AsyncAPI document and page are what the records say. After an allowed change: {@code ./mvnw -pl
 * clinic-contracts test -Dcontracts.update=true}.
 */
class ContractDriftTest {
    private static final boolean UPDATE = Boolean.getBoolean("contracts.update");

    @Test
    void publishedSchemasChangeOnlyByOptionalAdditions() throws Exception {
        for (var entry : EventCatalog.entries()) {
            Path file = ContractDocuments.SCHEMAS.resolve(entry.type() + ".json");
            if (Files.exists(file)) {
                var before = EventSchemas.JSON.readTree(Files.readString(file));
                assertThat(SchemaEvolution.forbidden(before, EventSchemas.of(entry)))
                        .as("%s is published: make a new version beside it", entry.type())
                        .isEmpty();
            }
        }
    }

    @Test
    void noPublishedSchemaDisappears() throws Exception {
        try (var files = Files.list(ContractDocuments.SCHEMAS)) {
            assertThat(files.map(f -> f.getFileName().toString().replace(".json", "")))
                    .allSatisfy(type ->
                            assertThat(EventCatalog.byType(type)).as(type).isPresent());
        }
    }

    @Test
    void generatedDocumentsAreCommitted() throws Exception {
        for (var file : ContractDocuments.generate().entrySet()) {
            if (UPDATE) {
                Files.createDirectories(file.getKey().getParent());
                Files.writeString(file.getKey(), file.getValue());
            } else if (!Files.exists(file.getKey())) {
                fail("missing " + file.getKey().getFileName() + ": run with -Dcontracts.update=true");
            } else {
                assertThat(Files.readString(file.getKey()))
                        .as("%s drifted from the records", file.getKey().getFileName())
                        .isEqualTo(file.getValue());
            }
        }
    }
}
