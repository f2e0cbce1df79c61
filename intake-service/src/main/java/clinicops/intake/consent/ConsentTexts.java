package clinicops.intake.consent;

import clinicops.intake.patient.Language;
import clinicops.intake.patient.Route;
import clinicops.intake.rulebook.Approved;
import clinicops.intake.rulebook.RuleBook;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The texts that patients consent to. A text is never changed, only followed by another version; its hash proves it. */
@Component
public class ConsentTexts {
    private final Catalogue catalogue;

    ConsentTexts(RuleBook book) {
        catalogue = book.read("consent-texts", Catalogue.class);
        for (Text text : catalogue.texts()) {
            if (!sha256(book.text(text.file())).equals(text.sha256())) {
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

    private Optional<Text> inForce(String drug, Route route) {
        return catalogue.texts().stream()
                .filter(t -> t.inForce() && t.drug().equals(drug) && t.route() == route)
                .findFirst();
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
