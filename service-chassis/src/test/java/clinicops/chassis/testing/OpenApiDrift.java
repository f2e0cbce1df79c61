package clinicops.chassis.testing;

import clinicops.chassis.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Compares {@code /v3/api-docs} with the committed {@code src/main/openapi/openapi.json} of the module under test. */
public final class OpenApiDrift {
    private static final Path COMMITTED = Path.of("src/main/openapi/openapi.json");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private OpenApiDrift() {}

    /** Fails on any difference; with {@code -Dopenapi.update=true} writes the file instead. */
    public static void verify(ApplicationContext context) {
        JsonNode served = ServiceDoor.of(context)
                .as("drift", Role.AUDITOR)
                .get("/v3/api-docs")
                .expect(200)
                .body();
        String text = JSON.writeValueAsString(served).replace("\r\n", "\n") + "\n";
        try {
            if (Boolean.getBoolean("openapi.update")) {
                Files.createDirectories(COMMITTED.getParent());
                Files.writeString(COMMITTED, text);
                return;
            }
            if (!Files.exists(COMMITTED)) {
                throw new AssertionError(COMMITTED + " is missing; write it with -Dopenapi.update=true");
            }
            JsonNode committed = JSON.readTree(Files.readString(COMMITTED));
            if (!committed.equals(served)) {
                throw new AssertionError("the API differs from " + COMMITTED + " first at "
                        + firstDifference("", committed, served)
                        + "; when that is meant, run with -Dopenapi.update=true and commit the file");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String firstDifference(String at, JsonNode committed, JsonNode served) {
        if (committed.isObject() && served.isObject()) {
            for (String name : served.propertyNames()) {
                if (!served.get(name).equals(committed.get(name))) {
                    return committed.has(name)
                            ? firstDifference(at + "/" + name, committed.get(name), served.get(name))
                            : at + "/" + name + " (new)";
                }
            }
            for (String name : committed.propertyNames()) {
                if (!served.has(name)) {
                    return at + "/" + name + " (gone)";
                }
            }
        }
        return at;
    }
}
