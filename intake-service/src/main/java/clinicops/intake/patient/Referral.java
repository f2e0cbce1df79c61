package clinicops.intake.patient;

import java.time.Instant;
import java.time.LocalDate;

/**
 * Why, and on whose word, a patient is here.
 *
 * @param importKey {@code system|value}: the referrer's own key, unique in the clinic, which makes an import repeatable
 * @param referredOn the referrer's date
 * @param receivedAt when the clinic took it in
 */
public record Referral(
        String id,
        String importKey,
        Indication indication,
        Urgency urgency,
        LocalDate referredOn,
        Instant receivedAt) {}
