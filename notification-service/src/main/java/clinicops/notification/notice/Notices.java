package clinicops.notification.notice;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The notices. Staff see those of every patient; what a patient may see is not served here. */
public interface Notices extends Repository<Notice, String> {

    Notice save(Notice notice);

    /** For staff, and for the copy of the service that claimed it. */
    @Query("{ '_id': ?0 }")
    Optional<Notice> byNotice(String noticeId);

    /** Whether the notice of that key was planned, whatever became of it. */
    @Query(value = "{ 'key': ?0 }", exists = true)
    boolean wasPlanned(String key);

    /** What has not gone out yet about one thing. */
    @Query("{ 'patientId': ?0, 'state': { $in: ['PENDING', 'WAITING'] }, 'occurrence.kind': ?1, 'occurrence.id': ?2 }")
    List<Notice> open(String patientId, Occurrence.Kind kind, String occurrenceId);

    /** What has not gone out yet to one patient. */
    @Query("{ 'patientId': ?0, 'state': { $in: ['PENDING', 'WAITING'] } }")
    List<Notice> open(String patientId);

    /** What waits for a patient's card or preferences. */
    @Query("{ 'patientId': ?0, 'state': 'WAITING' }")
    List<Notice> waiting(String patientId);

    /** What is due and in nobody's hands, the longest due first. */
    @Query(
            value = "{ 'state': 'PENDING', 'dueAt': { $lte: ?0 }, 'availableAt': { $lte: ?1 } }",
            sort = "{ 'dueAt': 1 }")
    List<Notice> due(Instant businessTime, Instant systemTime, Limit limit);

    /** The pending notice that is due first. */
    @Query(value = "{ 'state': 'PENDING' }", sort = "{ 'dueAt': 1 }")
    List<Notice> nextDue(Limit limit);

    /** A page of one patient's notices, in the order of their ids. */
    @Query(value = "{ 'patientId': ?0, 'state': { $in: ?1 }, '_id': { $gt: ?2 } }", sort = "{ '_id': 1 }")
    List<Notice> ofPatient(String patientId, Collection<Notice.State> states, String after, Limit limit);

    /** A page of all patients' notices, in the order of their ids. */
    @Query(value = "{ 'state': { $in: ?0 }, '_id': { $gt: ?1 } }", sort = "{ '_id': 1 }")
    List<Notice> ofAllPatients(Collection<Notice.State> states, String after, Limit limit);
}
