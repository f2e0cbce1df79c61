package clinicops.billing.ledger;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

interface Payments extends Repository<Payment, String> {
    Payment save(Payment payment);

    /** Staff of the billing office may see every patient's. */
    @Query("{ '_id': ?0 }")
    Optional<Payment> forBillingOffice(String id);

    List<Payment> findByPatientIdAndIdGreaterThanOrderByIdAsc(String patientId, String after, Limit limit);
}
