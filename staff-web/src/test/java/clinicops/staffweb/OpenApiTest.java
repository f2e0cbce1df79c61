package clinicops.staffweb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The committed description of the API is what the front door serves; {@code -Dopenapi.update=true} writes it. */
class OpenApiTest extends FrontDoor {
    private static final Path COMMITTED = Path.of("src/main/openapi/openapi.json");

    @Test
    void theCommittedDescriptionIsTrue() throws IOException {
        JsonNode served = admin().get("/v3/api-docs").expect(200).body();
        if (Boolean.getBoolean("openapi.update")) {
            Files.createDirectories(COMMITTED.getParent());
            var mapper = JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();
            Files.writeString(COMMITTED, mapper.writeValueAsString(served) + "\n");
        }
        assertThat(served)
                .as("the API differs from %s; when that is meant, run with -Dopenapi.update=true", COMMITTED)
                .isEqualTo(JsonMapper.shared().readTree(Files.readString(COMMITTED)));
    }
}
