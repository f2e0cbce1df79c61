package clinicops.scheduling.hold;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** Every hold of the clinic; any front desk may see and book any. */
interface Holds extends Repository<CourseHold, String> {
    CourseHold save(CourseHold hold);

    @Query("{ '_id': ?0 }")
    Optional<CourseHold> ofClinic(String id);

    @Query("{ 'state': 'OPEN', 'patientId': ?0 }")
    Optional<CourseHold> openOf(String patientId);

    /** Whose time is over and whose places are not free yet, the longest over first. */
    @Query(value = "{ 'state': 'OPEN', 'expiresAt': { '$lte': ?0 } }", sort = "{ 'expiresAt': 1 }")
    List<CourseHold> due(Instant now, Limit limit);

    @Query(value = "{ 'state': 'OPEN' }", sort = "{ 'expiresAt': 1 }")
    List<CourseHold> open(Limit first);
}
