package clinicops.intake.patient;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A licensed professional's word that the patient may be treated, on the screening of that time.
 *
 * @param givenBy username
 * @param validUntil first day on which it no longer holds, in the clinic's zone
 * @param expiresAt the beginning of that day
 */
public record Clearance(ClearanceKind kind, String givenBy, Instant givenAt, LocalDate validUntil, Instant expiresAt) {

    boolean validAt(Instant moment) {
        return moment.isBefore(expiresAt);
    }
}
