package clinicops.scheduling.booster;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** Every suggestion of the clinic. */
interface BoosterSuggestions extends Repository<BoosterSuggestion, String> {
    BoosterSuggestion save(BoosterSuggestion suggestion);

    @Query("{ '_id': ?0 }")
    Optional<BoosterSuggestion> ofClinic(String id);

    @Query("{ 'state': 'OPEN', 'patientId': ?0 }")
    Optional<BoosterSuggestion> openOf(String patientId);

    /** The newest first. */
    @Query(value = "{ 'patientId': ?0 }", sort = "{ '_id': -1 }")
    List<BoosterSuggestion> ofPatient(String patientId, Limit limit);

    @Query(value = "{ 'patientId': ?0, '_id': { '$gt': ?1 } }", sort = "{ '_id': 1 }")
    List<BoosterSuggestion> pageOfPatient(String patientId, String after, Limit limit);

    /** The first due first; a day may have several. */
    @Query(value = "{ 'state': 'OPEN' }", sort = "{ 'dueBy': 1, '_id': 1 }")
    List<BoosterSuggestion> open(Limit limit);
}
