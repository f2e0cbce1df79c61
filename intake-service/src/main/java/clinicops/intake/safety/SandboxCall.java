package clinicops.intake.safety;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A call as the sandbox kept it instead of placing it.
 *
 * @param id the call's
 * @param words code of what would have been said
 */
@Document("sandboxCalls")
record SandboxCall(@Id String id, String alertId, String person, String phone, String words, Instant at) {}
