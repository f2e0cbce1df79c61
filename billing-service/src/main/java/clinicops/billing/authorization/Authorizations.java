package clinicops.billing.authorization;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

interface Authorizations extends Repository<PriorAuthorization, String> {
    PriorAuthorization save(PriorAuthorization authorization);

    /** Staff of the billing office may see every patient's. */
    @Query("{ '_id': ?0 }")
    Optional<PriorAuthorization> forBillingOffice(String id);

    /** A payer sees what was asked of it. */
    Optional<PriorAuthorization> findByIdAndPayerCode(String id, String payerCode);

    List<PriorAuthorization> findByPatientIdAndStatus(String patientId, PriorAuthorization.Status status);

    List<PriorAuthorization> findByIdGreaterThanOrderByIdAsc(String after, Limit limit);

    List<PriorAuthorization> findByPatientIdAndIdGreaterThanOrderByIdAsc(String patientId, String after, Limit limit);

    List<PriorAuthorization> findByExpiryWarningAtLessThanEqualOrderByExpiryWarningAtAsc(Instant now, Limit limit);

    Optional<PriorAuthorization> findFirstByExpiryWarningAtNotNullOrderByExpiryWarningAtAsc();
}
