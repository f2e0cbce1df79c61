package clinicops.scheduling.waitlist;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.mongodb.repository.Update;
import org.springframework.data.repository.Repository;

/** What has become free in the clinic's diary. */
interface FreedPlaces extends Repository<FreedPlace, String> {
    FreedPlace save(FreedPlace place);

    @Query("{ '_id': ?0 }")
    Optional<FreedPlace> ofClinic(String id);

    /** To be offered, the first to begin first. */
    @Query(value = "{ 'state': 'OPEN' }", sort = "{ 'startsAt': 1 }")
    List<FreedPlace> open(Limit limit);

    /** What suited nobody, the first to begin first. */
    @Query(value = "{ 'state': 'KEPT', 'startsAt': { '$gt': ?0 } }", sort = "{ 'startsAt': 1 }")
    List<FreedPlace> kept(Instant after, Limit limit);

    /** Somebody new may want what nobody wanted. */
    @Query("{ 'state': 'KEPT', 'startsAt': { '$gt': ?0 } }")
    @Update("{ '$set': { 'state': 'OPEN' }, '$inc': { 'version': 1 } }")
    void openAgain(Instant after);
}
