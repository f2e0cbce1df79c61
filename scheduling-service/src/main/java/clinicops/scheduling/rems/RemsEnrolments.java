package clinicops.scheduling.rems;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** Patients in the programme. */
interface RemsEnrolments extends Repository<RemsEnrolment, String> {
    RemsEnrolment save(RemsEnrolment enrolment);

    @Query("{ '_id': ?0 }")
    Optional<RemsEnrolment> ofPatient(String patientId);

    @Query("{ '_id': { '$in': ?0 } }")
    List<RemsEnrolment> ofPatients(Collection<String> patientIds);
}
