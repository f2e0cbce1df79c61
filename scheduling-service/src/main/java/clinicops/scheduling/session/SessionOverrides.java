package clinicops.scheduling.session;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** Overrides that were asked for; who of the staff may see them is the access table's matter. */
interface SessionOverrides extends Repository<SessionOverride, String> {
    SessionOverride save(SessionOverride override);

    @Query("{ '_id': ?0 }")
    Optional<SessionOverride> ofClinic(String id);

    @Query(value = "{ 'sessionId': ?0, '_id': { '$gt': ?1 } }", sort = "{ '_id': 1 }")
    List<SessionOverride> ofSession(String sessionId, String after, Limit limit);

    @Query(value = "{ 'state': ?0, '_id': { '$gt': ?1 } }", sort = "{ '_id': 1 }")
    List<SessionOverride> in(String state, String after, Limit limit);

    @Query("{ 'sessionId': ?0, 'state': ?1 }")
    List<SessionOverride> ofSessionIn(String sessionId, String state);
}
