package clinicops.contracts;

import org.jspecify.annotations.Nullable;

/**
 * Who a patient is and how to reach them: the sealed body on {@link Topics#CONTACT}. Only notification and billing hold the
 * key. Sealed as compact JWE ({@code dir}, {@code A256GCM}, header {@code kid}).
 *
 * @param email null when the patient has none
 * @param phone E.164; null when the patient has none
 * @param language BCP 47
 * @param zone IANA zone that the patient lives in
 */
public record ContactCard(
        String patientId,
        String givenName,
        String familyName,
        @Nullable String email,
        @Nullable String phone,
        String language,
        String zone) {}
