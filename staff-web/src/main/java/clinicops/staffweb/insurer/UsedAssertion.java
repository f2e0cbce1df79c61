package clinicops.staffweb.insurer;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * An assertion that was taken once and never is again.
 *
 * @param id the insurer's id and the assertion's jti; unique, so of many at once one is written
 * @param expiresAt well after the assertion itself has expired; by the system's clock
 */
@Document("insurer_assertions")
record UsedAssertion(@Id String id, Instant expiresAt) {}
