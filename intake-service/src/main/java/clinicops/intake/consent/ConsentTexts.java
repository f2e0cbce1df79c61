package clinicops.intake.consent;

import clinicops.intake.patient.Language;
import clinicops.intake.patient.Route;
import clinicops.intake.rulebook.Approved;
import clinicops.intake.rulebook.RuleBook;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The texts that patients consent to. A text is never changed, only followed by another version; its hash proves it. */
@Component
public class ConsentTexts {
    private final RuleBook book;
    private final Catalogue catalogue;

    ConsentTexts(RuleBook book) {
        this.book = book;
        catalogue = book.read("consent-texts", Catalogue.class);
        for (Text text : catalogue.texts()) {
            if (!Sha256.of(book.text(text.file()).getBytes(StandardCharsets.UTF_8))
                    .equals(text.sha256())) {
                throw new IllegalStateException(text.file() + " is not the text that was approved");
            }
        }
    }

    record Catalogue(
            String id, String version, String source, String approver, LocalDate effectiveFrom, List<Text> texts)
            implements Approved {}

    /**
     * One text in one language.
     *
     * @param sha256 hex
     * @param inForce new signatures take the version in force only
     */
    record Text(
            String drug, Route route, String version, Language language, String file, String sha256, boolean inForce) {}

    /** The version that has to be signed now; empty when there is no text for the drug and route. */
    public Optional<String> versionInForce(String drug, Route route) {
        return inForce(drug, route).map(Text::version);
    }

    /** The text that a patient of this language signs. */
    Optional<Text> inForce(String drug, Route route, Language language) {
        return catalogue.texts().stream()
                .filter(t -> t.inForce() && t.drug().equals(drug) && t.route() == route && t.language() == language)
                .findFirst();
    }

    /** Every text that the clinic has or had. */
    List<Text> all() {
        return catalogue.texts();
    }

    /** One version of a text; without a version the one in force. */
    Optional<Text> find(String drug, Route route, Language language, @Nullable String version) {
        return catalogue.texts().stream()
                .filter(t -> t.drug().equals(drug) && t.route() == route && t.language() == language)
                .filter(t -> version == null ? t.inForce() : t.version().equals(version))
                .findFirst();
    }

    /** Title and paragraphs of a text, as the patient reads them. */
    Wording wording(Text text) {
        var parts = Arrays.stream(book.text(text.file()).split("\\n\\s*\\n"))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
        return new Wording(parts.getFirst(), parts.subList(1, parts.size()));
    }

    /** What stands in a text's file. */
    record Wording(String title, List<String> paragraphs) {}

    private Optional<Text> inForce(String drug, Route route) {
        return catalogue.texts().stream()
                .filter(t -> t.inForce() && t.drug().equals(drug) && t.route() == route)
                .findFirst();
    }
}
