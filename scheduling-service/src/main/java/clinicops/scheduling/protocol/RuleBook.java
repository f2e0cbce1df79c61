package clinicops.scheduling.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a feature's own clinical content and refuses to go on with one that is incomplete: better no service than a wrong
 * rule. A component that may be missing is no component: use a map for what only some entries have.
 */
@Component
public class RuleBook {
    private static final String FOLDER = "/scheduling/protocol/";

    private final JsonMapper mapper = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /** @param id the file's name without its ending, and the content's id */
    public <T extends Approved> T read(String id, Class<T> as) {
        try (InputStream in = RuleBook.class.getResourceAsStream(FOLDER + id + ".json")) {
            if (in == null) {
                throw new IllegalStateException(id + ".json is missing");
            }
            T content = mapper.readValue(in, as);
            if (!content.id().equals(id)
                    || content.version().isBlank()
                    || content.source().isBlank()
                    || content.approver().isBlank()) {
                throw new IllegalStateException(id + ".json does not say what it is, or who answers for it");
            }
            return content;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
