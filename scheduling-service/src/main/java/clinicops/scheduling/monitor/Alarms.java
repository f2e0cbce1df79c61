package clinicops.scheduling.monitor;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The clinic's alarms; who of the staff may see them is the access table's matter. */
interface Alarms extends Repository<Alarm, String> {
    Alarm save(Alarm alarm);

    @Query("{ '_id': ?0 }")
    Optional<Alarm> ofClinic(String id);

    @Query("{ 'sessionId': { '$in': ?0 }, 'closed': false }")
    List<Alarm> notClosedOf(Collection<String> sessionIds);

    /** Those with a step of the escalation that has fallen due, the longest waiting first. */
    @Query(value = "{ 'nextEscalationAt': { '$lte': ?0 } }", sort = "{ 'nextEscalationAt': 1 }")
    List<Alarm> escalatingBy(Instant now, Limit limit);

    @Query(value = "{ 'nextEscalationAt': { '$gt': ?0 } }", sort = "{ 'nextEscalationAt': 1 }")
    List<Alarm> escalatingAfter(Instant time, Limit first);

    @Query(value = "{ '_id': { '$gt': ?0 } }", sort = "{ '_id': 1 }")
    List<Alarm> all(String after, Limit limit);

    @Query(value = "{ 'acknowledgement.at': null, '_id': { '$gt': ?0 } }", sort = "{ '_id': 1 }")
    List<Alarm> waiting(String after, Limit limit);

    @Query(value = "{ 'acknowledgement.at': { '$gt': null }, '_id': { '$gt': ?0 } }", sort = "{ '_id': 1 }")
    List<Alarm> seen(String after, Limit limit);

    @Query(value = "{ 'sessionId': ?0, '_id': { '$gt': ?1 } }", sort = "{ '_id': 1 }")
    List<Alarm> ofSession(String sessionId, String after, Limit limit);
}
