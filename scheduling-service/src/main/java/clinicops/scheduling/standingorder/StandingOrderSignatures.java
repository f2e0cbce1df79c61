package clinicops.scheduling.standingorder;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** Prescribers' signatures under the standing orders. */
interface StandingOrderSignatures extends Repository<StandingOrderSignature, String> {
    StandingOrderSignature insert(StandingOrderSignature signature);

    @Query(value = "{ 'drug': ?0 }", sort = "{ 'validUntil': -1, '_id': -1 }")
    List<StandingOrderSignature> newest(String drug, Limit limit);
}
