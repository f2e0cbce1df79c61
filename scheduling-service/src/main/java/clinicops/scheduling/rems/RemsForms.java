package clinicops.scheduling.rems;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The clinic's monitoring forms. */
interface RemsForms extends Repository<RemsForm, String> {
    RemsForm save(RemsForm form);

    @Query("{ '_id': ?0 }")
    Optional<RemsForm> ofSession(String sessionId);

    @Query(value = "{ 'state': 'DUE' }", sort = "{ 'dueOn': 1, '_id': 1 }")
    List<RemsForm> due(Limit limit);

    @Query(value = "{ 'state': 'SUBMITTED', '_id': { '$gt': ?0 } }", sort = "{ '_id': 1 }")
    List<RemsForm> submitted(String after, Limit limit);
}
