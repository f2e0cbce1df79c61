package clinicops.scheduling.dayclose;

import java.util.Collection;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** Which sessions billing has charged. */
interface SessionCharges extends Repository<SessionCharge, String> {
    SessionCharge save(SessionCharge charge);

    @Query(value = "{ '_id': { '$in': ?0 } }", count = true)
    long among(Collection<String> sessionIds);
}
