package clinicops.intake.patient;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A patient's consent to one drug by one route under one text.
 *
 * @param textHash SHA-256, in hex, of the text that was read
 * @param signature the name that the patient typed
 * @param witnessedBy username of who took it
 * @param endedAt when it was withdrawn, or replaced by a newer signature; null while it holds
 * @param endedBy username of who recorded that
 */
public record Consent(
        String id,
        String drug,
        Route route,
        String textVersion,
        Language language,
        String textHash,
        String signature,
        String witnessedBy,
        Instant signedAt,
        @Nullable Instant endedAt,
        @Nullable String endedBy) {

    boolean holds() {
        return endedAt == null;
    }

    boolean isFor(String otherDrug, Route otherRoute) {
        return drug.equals(otherDrug) && route == otherRoute;
    }

    Consent endedAt(Instant moment, String by) {
        return new Consent(
                id, drug, route, textVersion, language, textHash, signature, witnessedBy, signedAt, moment, by);
    }
}
