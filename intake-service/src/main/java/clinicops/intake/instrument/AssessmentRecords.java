package clinicops.intake.instrument;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The assessments that are kept, always of one patient. */
interface AssessmentRecords extends Repository<Assessment, String> {
    Assessment save(Assessment assessment);

    @Query("{_id: ?1, patientId: ?0}")
    Optional<Assessment> ofPatient(String patientId, String assessmentId);

    /** All of a patient, oldest first. */
    @Query(value = "{patientId: ?0}", sort = "{openedAt: 1, _id: 1}")
    List<Assessment> allOf(String patientId, Limit limit);

    /** Those with one instrument, oldest first. */
    @Query(value = "{patientId: ?0, instrument: ?1}", sort = "{openedAt: 1, _id: 1}")
    List<Assessment> allOf(String patientId, String instrument, Limit limit);

    /** Not completed yet; the latest first. */
    @Query(value = "{patientId: ?0, instrument: ?1, completedAt: null}", sort = "{openedAt: -1, _id: -1}")
    List<Assessment> openOf(String patientId, String instrument, Limit limit);

    /** Asked for by the answers to another instrument, and not completed. */
    @Query("{patientId: ?0, completedAt: null, requiredBy: {$ne: null}}")
    List<Assessment> waitingOf(String patientId);

    /** Completed, the latest first. */
    @Query(value = "{patientId: ?0, completedAt: {$ne: null}}", sort = "{completedAt: -1, _id: -1}")
    List<Assessment> completedOf(String patientId, Limit limit);
}
