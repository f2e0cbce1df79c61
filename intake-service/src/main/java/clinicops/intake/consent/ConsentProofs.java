package clinicops.intake.consent;

import java.util.Optional;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The proofs of consents. */
interface ConsentProofs extends Repository<ConsentProof, String> {
    ConsentProof save(ConsentProof proof);

    @Query("{_id: ?0, patientId: ?1}")
    Optional<ConsentProof> of(String consentId, String patientId);
}
