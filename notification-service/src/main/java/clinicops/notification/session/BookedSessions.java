package clinicops.notification.session;

import java.util.List;
import java.util.Optional;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The sessions that notification has heard of. */
public interface BookedSessions extends Repository<BookedSession, String> {

    BookedSession save(BookedSession session);

    /** By a session's id, for the handlers of that session's own events. */
    @Query("{ '_id': ?0 }")
    Optional<BookedSession> bySession(String sessionId);

    /** Every session of a course of this patient, by number. */
    @Query(value = "{ 'patientId': ?0, 'courseId': ?1 }", sort = "{ 'number': 1 }")
    List<BookedSession> ofCourse(String patientId, String courseId);
}
