package clinicops.scheduling.drug;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** What was drawn, and what became of it. */
interface DrugDraws extends Repository<DrugDraw, String> {
    DrugDraw save(DrugDraw draw);

    @Query("{ '_id': ?0 }")
    Optional<DrugDraw> ofClinic(String id);

    @Query(value = "{ 'sessionId': { '$in': ?0 } }", sort = "{ 'at': 1 }")
    List<DrugDraw> ofSessions(Collection<String> sessionIds);

    /** Those of sessions that have a dose to come or running. */
    @Query("{ 'open': true, 'use': { '$in': ['DRAWN_UP', 'RUNNING'] } }")
    List<DrugDraw> inUse();

    /** With a rest that is neither given nor wasted, in use or left, the oldest first. */
    @Query(value = "{ 'open': true }", sort = "{ 'at': 1 }")
    List<DrugDraw> open(Limit limit);
}
