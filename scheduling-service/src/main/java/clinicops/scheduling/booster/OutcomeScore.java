package clinicops.scheduling.booster;

import java.math.BigDecimal;
import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A score after treatment began, as intake told of it. One of each assessment and scale: told again, the later word counts, also when
 * the assessment went over to another record of the patient.
 *
 * @param id assessment and scale
 * @param baseline before the first session; less is better
 * @param recordedAt when it was taken
 * @param heardAt when intake told of it
 */
@Document("outcome_scores")
record OutcomeScore(
        @Id String id,
        String patientId,
        String assessmentId,
        String instrument,
        String scale,
        BigDecimal baseline,
        BigDecimal score,
        Instant recordedAt,
        Instant heardAt) {
    static String idOf(String assessmentId, String scale) {
        return assessmentId + "|" + scale;
    }
}
