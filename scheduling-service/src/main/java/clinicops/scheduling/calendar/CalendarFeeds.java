package clinicops.scheduling.calendar;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** Calendars that are followed from outside. */
interface CalendarFeeds extends Repository<CalendarFeed, String> {
    CalendarFeed save(CalendarFeed feed);

    @Query("{ 'secretHash': ?0, 'revokedAt': null }")
    Optional<CalendarFeed> open(String secretHash);

    @Query("{ '_id': ?0 }")
    Optional<CalendarFeed> ofClinic(String id);

    @Query(value = "{ 'revokedAt': null, '_id': { '$gt': ?0 } }", sort = "{ '_id': 1 }")
    List<CalendarFeed> all(String after, Limit limit);

    @Query(value = "{ 'username': ?0, 'revokedAt': null, '_id': { '$gt': ?1 } }", sort = "{ '_id': 1 }")
    List<CalendarFeed> own(String username, String after, Limit limit);
}
