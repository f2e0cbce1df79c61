package clinicops.billing.estimate;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

interface Estimates extends Repository<GoodFaithEstimate, String> {
    GoodFaithEstimate save(GoodFaithEstimate estimate);

    /** Staff of the billing office may see every patient's. */
    @Query("{ '_id': ?0 }")
    Optional<GoodFaithEstimate> forBillingOffice(String id);

    List<GoodFaithEstimate> findByPatientIdAndOpenTrueOrderByIdAsc(String patientId);

    List<GoodFaithEstimate> findByIdGreaterThanOrderByIdAsc(String after, Limit limit);

    List<GoodFaithEstimate> findByPatientIdAndIdGreaterThanOrderByIdAsc(String patientId, String after, Limit limit);
}
