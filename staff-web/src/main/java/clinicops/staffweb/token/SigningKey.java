package clinicops.staffweb.token;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A key that tokens are signed with. The newest that every copy knows signs; a former one is published until no token of its can be valid.
 *
 * @param kid its id in token headers
 * @param jwk the whole key, private part included, as JSON (RFC 7517)
 * @param createdAt by the system's clock
 */
@Document("signing_keys")
record SigningKey(@Id String kid, String jwk, Instant createdAt) {}
