package clinicops.scheduling.booster;

import java.util.List;
import java.util.Optional;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** Scores after treatment began. */
interface OutcomeScores extends Repository<OutcomeScore, String> {
    OutcomeScore save(OutcomeScore score);

    @Query("{ '_id': ?0 }")
    Optional<OutcomeScore> one(String id);

    @Query("{ 'patientId': ?0 }")
    List<OutcomeScore> ofPatient(String patientId);
}
