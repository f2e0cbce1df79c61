package clinicops.scheduling.readiness;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The facts of each patient. */
interface PatientFactsByPatient extends Repository<PatientFacts, String> {
    @Query("{ '_id': ?0 }")
    Optional<PatientFacts> of(String patientId);

    @Query("{ '_id': { '$in': ?0 } }")
    List<PatientFacts> ofAll(Collection<String> patientIds);

    @Query(value = "{}", exists = true)
    boolean anyPatient();

    PatientFacts save(PatientFacts facts);
}
