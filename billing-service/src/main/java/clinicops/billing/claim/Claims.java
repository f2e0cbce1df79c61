package clinicops.billing.claim;

import java.util.Optional;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

interface Claims extends Repository<Claim, String> {
    Claim save(Claim claim);

    /** Staff of the billing office may see every patient's. */
    @Query("{ '_id': ?0 }")
    Optional<Claim> forBillingOffice(String id);
}
