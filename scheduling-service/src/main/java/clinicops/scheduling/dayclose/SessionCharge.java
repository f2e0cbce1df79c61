package clinicops.scheduling.dayclose;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A session has its charges, as billing told.
 *
 * @param sessionId heard twice it is the same
 */
@Document("session_charges")
record SessionCharge(@Id String sessionId, Instant at) {}
