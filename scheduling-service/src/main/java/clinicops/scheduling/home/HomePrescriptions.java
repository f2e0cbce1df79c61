package clinicops.scheduling.home;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** Every patient's prescriptions of tablets for home. */
interface HomePrescriptions extends Repository<HomePrescription, String> {
    HomePrescription save(HomePrescription prescription);

    @Query("{ '_id': ?0 }")
    Optional<HomePrescription> ofClinic(String id);

    @Query(value = "{ 'patientId': ?0, '_id': { '$gt': ?1 } }", sort = "{ '_id': 1 }")
    List<HomePrescription> ofPatient(String patientId, String after, Limit limit);

    @Query(value = "{ 'patientId': ?0 }", sort = "{ '_id': -1 }")
    List<HomePrescription> latestOf(String patientId, Limit one);
}
