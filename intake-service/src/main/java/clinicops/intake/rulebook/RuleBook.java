package clinicops.intake.rulebook;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads clinical content and refuses to go on with one that is incomplete: better no service than a wrong rule. */
@Component
public class RuleBook {
    private static final String FOLDER = "/clinicops/intake/";

    private final JsonMapper mapper = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /** @param name the file's name without its ending; the content's id must be the same */
    public <T extends Approved> T read(String name, Class<T> as) {
        return read(name, name, as);
    }

    /**
     * As the other, for content of which several versions are kept.
     *
     * @param name the file's name without its ending
     * @param id what the content must be
     */
    public <T extends Approved> T read(String name, String id, Class<T> as) {
        T content = mapper.readValue(text(name + ".json"), as);
        if (!content.id().equals(id)
                || content.version().isBlank()
                || content.source().isBlank()
                || content.approver().isBlank()) {
            throw new IllegalStateException(name + ".json does not say what it is, or who answers for it");
        }
        return content;
    }

    /** A text file of the rule book, as UTF-8. */
    public String text(String file) {
        try (InputStream in = RuleBook.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IllegalStateException("the rule book has no " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
