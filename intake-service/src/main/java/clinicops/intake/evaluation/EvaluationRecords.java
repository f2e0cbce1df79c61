package clinicops.intake.evaluation;

import clinicops.intake.patient.ClearanceKind;
import java.util.List;
import java.util.Optional;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** Evaluations of the clinic's patients; any member of staff whom the access table lets in may see any of them. */
interface EvaluationRecords extends Repository<Evaluation, String> {
    Evaluation save(Evaluation evaluation);

    @Query(value = "{patientId: ?0}", sort = "{number: -1}")
    List<Evaluation> of(String patientId);

    @Query(value = "{patientId: ?0, signedAt: {$ne: null}}")
    List<Evaluation> signedOf(String patientId);

    Optional<Evaluation> findFirstByPatientIdAndKindOrderByNumberDescWrittenAtDesc(
            String patientId, ClearanceKind kind);

    Optional<Evaluation> findFirstByPatientIdAndKindAndSignedAtNotNullOrderByNumberDescSignedAtDesc(
            String patientId, ClearanceKind kind);
}
