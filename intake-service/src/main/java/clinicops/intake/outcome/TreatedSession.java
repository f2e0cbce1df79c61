package clinicops.intake.outcome;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A session that was given, as scheduling told of it: outcomes are counted in sessions. Written once and never changed.
 *
 * @param route iv, im, nasal, oral
 * @param startedAt start of the dose
 */
@Document("treatedSessions")
record TreatedSession(@Id String sessionId, String patientId, String route, Instant startedAt) {}
