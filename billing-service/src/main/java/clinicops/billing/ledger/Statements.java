package clinicops.billing.ledger;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

interface Statements extends Repository<Statement, String> {
    Statement insert(Statement statement);

    /** Staff of the billing office may see every patient's. */
    @Query("{ '_id': ?0 }")
    Optional<Statement> forBillingOffice(String id);

    List<Statement> findByIdGreaterThanOrderByIdAsc(String after, Limit limit);

    List<Statement> findByPatientIdAndIdGreaterThanOrderByIdAsc(String patientId, String after, Limit limit);
}
