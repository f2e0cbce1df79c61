package clinicops.intake.patient;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A patient's consent to one drug by one route under one text.
 *
 * @param textHash SHA-256, in hex, of the text that was read
 * @param signature the patient's name as it was typed, or stands beneath the drawing
 * @param drawingHash SHA-256, in hex, of the drawn signature; null when it was typed
 * @param addressHash salted hash of the network address that the signature came from
 * @param witnessedBy username of who took it
 * @param endedAt when it was withdrawn, or replaced by a newer signature; null while it holds
 * @param endedBy username of who recorded that
 * @param endReason what the patient said of their withdrawal; null when they gave no reason
 */
public record Consent(
        String id,
        String drug,
        Route route,
        String textVersion,
        Language language,
        String textHash,
        String signature,
        @Nullable String drawingHash,
        String addressHash,
        String witnessedBy,
        Instant signedAt,
        @Nullable Instant endedAt,
        @Nullable String endedBy,
        @Nullable String endReason) {

    boolean holds() {
        return endedAt == null;
    }

    boolean isFor(String otherDrug, Route otherRoute) {
        return drug.equals(otherDrug) && route == otherRoute;
    }

    Consent endedAt(Instant moment, String by, @Nullable String reason) {
        return new Consent(
                id,
                drug,
                route,
                textVersion,
                language,
                textHash,
                signature,
                drawingHash,
                addressHash,
                witnessedBy,
                signedAt,
                moment,
                by,
                reason);
    }
}
