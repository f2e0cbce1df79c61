package clinicops.intake.document;

import java.util.List;
import java.util.Optional;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The patients' documents; any member of staff whom the access table lets in may see any patient's. */
interface PatientDocuments extends Repository<PatientDocument, String> {
    PatientDocument save(PatientDocument document);

    @Query(value = "{patientId: ?0}", sort = "{_id: -1}")
    List<PatientDocument> ofPatient(String patientId);

    @Query("{_id: ?0, patientId: ?1}")
    Optional<PatientDocument> ofPatient(String documentId, String patientId);
}
