package clinicops.intake.patient;

import org.jspecify.annotations.Nullable;

/**
 * How the patient may be reached.
 *
 * @param email null when the patient has none
 * @param phone E.164; null when the patient has none
 * @param zone IANA zone that the patient lives in
 */
public record Contact(
        @Nullable String email,
        @Nullable String phone,
        String zone,
        Language language,
        boolean emailAllowed,
        boolean smsAllowed) {}
