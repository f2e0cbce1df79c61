package clinicops.billing.charge;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The sessions that billing heard of. */
public interface TreatedSessions extends Repository<TreatedSession, String> {
    TreatedSession save(TreatedSession session);

    /** Staff of the billing office may see every patient's. */
    @Query("{ '_id': ?0 }")
    Optional<TreatedSession> forBillingOffice(String id);

    List<TreatedSession> findByBillingAndIdGreaterThanOrderByIdAsc(
            TreatedSession.Billing billing, String after, Limit limit);

    List<TreatedSession> findByPatientIdAndBillingOrderByIdAsc(String patientId, TreatedSession.Billing billing);
}
