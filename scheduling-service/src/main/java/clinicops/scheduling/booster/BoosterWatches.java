package clinicops.scheduling.booster;

import java.time.Instant;
import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** Whom to look at, and when. */
interface BoosterWatches extends Repository<BoosterWatch, String> {
    BoosterWatch save(BoosterWatch watch);

    @Query(value = "{ 'lookAt': { '$lte': ?0 } }", sort = "{ 'lookAt': 1 }")
    List<BoosterWatch> due(Instant now, Limit limit);

    @Query(value = "{ 'lookAt': { '$type': 'date' } }", sort = "{ 'lookAt': 1 }")
    List<BoosterWatch> waiting(Limit first);
}
