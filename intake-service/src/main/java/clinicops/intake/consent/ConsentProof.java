package clinicops.intake.consent;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What proves a consent beside its own record, kept apart because nobody needs it but who doubts the signature.
 *
 * @param id the consent's
 * @param addressSalt random bytes, hex, that went into the consent's hash of the address
 * @param drawing the drawn signature, PNG; null when it was typed
 */
@Document("consentProofs")
record ConsentProof(@Id String id, String patientId, String addressSalt, byte @Nullable [] drawing) {}
