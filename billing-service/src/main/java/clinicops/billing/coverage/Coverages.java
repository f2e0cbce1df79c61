package clinicops.billing.coverage;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

interface Coverages extends Repository<Coverage, String> {
    Coverage save(Coverage coverage);

    /** Staff of the billing office may see every patient's. */
    @Query("{ '_id': ?0 }")
    Optional<Coverage> forBillingOffice(String id);

    Optional<Coverage> findByIdAndPatientId(String id, String patientId);

    Optional<Coverage> findByPatientIdAndRank(String patientId, int rank);

    List<Coverage> findByPatientIdInOrderByPatientIdAscRankAsc(Collection<String> patientIds);

    List<Coverage> findByPayerCodeAndStatus(String payerCode, Coverage.Status status);

    List<Coverage> findByIdGreaterThanOrderByIdAsc(String after, Limit limit);

    List<Coverage> findByPatientIdAndIdGreaterThanOrderByIdAsc(String patientId, String after, Limit limit);

    List<Coverage> findByStatusAndIdGreaterThanOrderByIdAsc(Coverage.Status status, String after, Limit limit);

    List<Coverage> findByPatientIdAndStatusAndIdGreaterThanOrderByIdAsc(
            String patientId, Coverage.Status status, String after, Limit limit);
}
