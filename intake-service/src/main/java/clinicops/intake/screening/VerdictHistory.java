package clinicops.intake.screening;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The verdicts on the clinic's patients; whoever may see a patient's screening may see them. */
interface VerdictHistory extends Repository<Verdict, String> {
    Verdict save(Verdict verdict);

    @Query("{_id: ?1, patientId: ?0}")
    Optional<Verdict> ofPatient(String patientId, String verdictId);

    @Query(value = "{patientId: ?0, _id: {$lt: ?1}}", sort = "{_id: -1}")
    List<Verdict> newestOf(String patientId, String before, Limit limit);

    Optional<Verdict> findFirstByPatientIdOrderByIdDesc(String patientId);
}
