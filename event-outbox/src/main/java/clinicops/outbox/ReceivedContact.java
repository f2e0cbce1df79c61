package clinicops.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A patient's contact card as it arrived from {@code clinic.contact}.
 *
 * @param sequence version of the patient that the card belongs to
 * @param sealed the encrypted card; null means erase what you hold of this patient
 */
public record ReceivedContact(
        String id,
        String patientId,
        long sequence,
        Instant time,
        @Nullable String sealed) {}
