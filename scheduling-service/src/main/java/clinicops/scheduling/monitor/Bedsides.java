package clinicops.scheduling.monitor;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The chairs' present state, by session. */
interface Bedsides extends Repository<Bedside, String> {
    Bedside save(Bedside bedside);

    @Query("{ '_id': ?0 }")
    Optional<Bedside> ofSession(String sessionId);

    @Query("{ '_id': { '$in': ?0 } }")
    List<Bedside> ofSessions(Collection<String> sessionIds);

    /** Those that the clock has to look at, the longest waiting first. */
    @Query(value = "{ 'nextCheckAt': { '$lte': ?0 } }", sort = "{ 'nextCheckAt': 1 }")
    List<Bedside> toCheckBy(Instant now, Limit limit);

    @Query(value = "{ 'nextCheckAt': { '$gt': ?0 } }", sort = "{ 'nextCheckAt': 1 }")
    List<Bedside> toCheckAfter(Instant time, Limit first);
}
