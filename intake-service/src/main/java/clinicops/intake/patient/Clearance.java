package clinicops.intake.patient;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A licensed professional's word that the patient may be treated, on the screening of that time.
 *
 * @param givenBy username
 * @param validUntil first day on which it no longer holds, in the clinic's zone
 * @param expiresAt the beginning of that day
 * @param evaluationId the signed evaluation that it rests on; null only when a prescriber overrode that
 * @param override a prescriber's reason to clear without a signed evaluation or with an incomplete work-up; null when neither
 *     was lacking
 */
public record Clearance(
        ClearanceKind kind,
        String givenBy,
        Instant givenAt,
        LocalDate validUntil,
        Instant expiresAt,
        @Nullable String evaluationId,
        @Nullable String override) {

    boolean validAt(Instant moment) {
        return moment.isBefore(expiresAt);
    }
}
