package clinicops.intake.screening;

import clinicops.intake.patient.Finding;
import clinicops.intake.patient.Outcome;
import java.time.Instant;
import java.util.List;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What the rules said of a patient at one moment, with the facts as they stood then. Written once, never changed, never deleted:
 * together they tell why somebody was treated, and each can be judged again under the rules of its day.
 *
 * @param by username of whoever changed the facts; {@code patient} for their own entries
 * @param because what changed, as a code
 * @param drugListVersion version of the list by which names of drugs were understood
 * @param outcome the gravest of all findings
 */
@Document("verdicts")
record Verdict(
        @Id String id,
        String patientId,
        Instant at,
        String by,
        String because,
        String ruleSetVersion,
        String drugListVersion,
        Facts facts,
        List<Finding> findings,
        Outcome outcome) {}
