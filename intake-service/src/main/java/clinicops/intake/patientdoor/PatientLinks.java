package clinicops.intake.patientdoor;

import java.util.List;
import java.util.Optional;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** Patients' links. */
interface PatientLinks extends Repository<PatientLink, String> {
    PatientLink save(PatientLink link);

    /** One patient's link: another patient's id finds nothing. */
    @Query("{_id: ?1, patientId: ?0}")
    Optional<PatientLink> ofPatient(String patientId, String linkId);

    @Query(value = "{patientId: ?0}", sort = "{_id: -1}")
    List<PatientLink> newestFirst(String patientId);
}
