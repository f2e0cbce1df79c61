package clinicops.scheduling.monitor;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The readings of each session; append-only. */
interface Vitals extends Repository<VitalSigns, String> {
    /** By one insert; of none any is there when one is there already. */
    List<VitalSigns> insert(Iterable<VitalSigns> readings);

    @Query("{ '_id': ?0 }")
    Optional<VitalSigns> already(String id);

    @Query("{ '_id': { '$in': ?0 } }")
    List<VitalSigns> ofIds(Collection<String> ids);

    @Query(value = "{ 'sessionId': ?0 }", sort = "{ 'takenAt': 1 }")
    List<VitalSigns> ofSession(String sessionId);
}
