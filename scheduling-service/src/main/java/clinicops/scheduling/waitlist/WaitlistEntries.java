package clinicops.scheduling.waitlist;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.mongodb.repository.Update;
import org.springframework.data.repository.Repository;

/** Who waits in the clinic; the queue key is the order in which they are asked. */
interface WaitlistEntries extends Repository<WaitlistEntry, String> {
    WaitlistEntry save(WaitlistEntry entry);

    @Query("{ '_id': ?0 }")
    Optional<WaitlistEntry> ofClinic(String id);

    @Query(
            value = "{ 'state': { '$in': ['WAITING', 'OFFERED'] }, 'queueKey': { '$gt': ?0 } }",
            sort = "{ 'queueKey': 1 }")
    List<WaitlistEntry> inOrder(String after, Limit limit);

    /** To whom nothing is offered now. */
    @Query(value = "{ 'state': 'WAITING', 'queueKey': { '$gt': ?0 } }", sort = "{ 'queueKey': 1 }")
    List<WaitlistEntry> waiting(String after, Limit limit);

    @Query(
            value = "{ 'patientId': ?0, 'state': { '$in': ['WAITING', 'OFFERED'] }, 'queueKey': { '$gt': ?1 } }",
            sort = "{ 'queueKey': 1 }")
    List<WaitlistEntry> ofPatient(String patientId, String after, Limit limit);

    @Query("{ 'state': 'OFFERED', 'offer.holdId': ?0 }")
    Optional<WaitlistEntry> offeredBy(String holdId);

    /** What is known of the patient is another. No new version: nothing that anybody decides on has changed. */
    @Query("{ 'patientId': ?0, 'state': 'WAITING' }")
    @Update("{ '$set': { 'lookAgainSince': ?1 } }")
    void lookAgain(String patientId, Instant now);

    /** The first to be asked first. */
    @Query(value = "{ 'lookAgainSince': { '$type': 'date' }, 'state': 'WAITING' }", sort = "{ 'queueKey': 1 }")
    List<WaitlistEntry> toLookAgain(Limit limit);

    @Query("{ '_id': ?0 }")
    @Update("{ '$unset': { 'lookAgainSince': '' } }")
    void looked(String id);
}
