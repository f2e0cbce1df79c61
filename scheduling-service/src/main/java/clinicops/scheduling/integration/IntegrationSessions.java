package clinicops.scheduling.integration;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** Every integration session of the clinic. List keys are the beginning (of the day, where only that is planned) and the id. */
interface IntegrationSessions extends Repository<IntegrationSession, String> {
    IntegrationSession save(IntegrationSession session);

    @Query("{ '_id': ?0 }")
    Optional<IntegrationSession> ofClinic(String id);

    @Query(value = "{ 'patientId': ?0, 'listKey': { '$gt': ?1 } }", sort = "{ 'listKey': 1 }")
    List<IntegrationSession> ofPatient(String patientId, String after, Limit limit);

    @Query(value = "{ 'listKey': { '$gt': ?0, '$lt': ?1 } }", sort = "{ 'listKey': 1 }")
    List<IntegrationSession> between(String after, String before, Limit limit);

    @Query(value = "{ 'listKey': { '$gt': ?0, '$lt': ?1 }, 'therapistId': { '$in': ?2 } }", sort = "{ 'listKey': 1 }")
    List<IntegrationSession> betweenOf(String after, String before, Collection<String> therapistIds, Limit limit);

    @Query(value = "{ 'state': 'BOOKED', 'listKey': { '$gt': ?0 } }", sort = "{ 'listKey': 1 }")
    List<IntegrationSession> booked(String after, Limit limit);

    @Query("{ 'sessionId': ?0, 'state': 'BOOKED' }")
    Optional<IntegrationSession> bookedAfter(String sessionId);

    /** Everything that there ever was of these patients. */
    @Query("{ 'patientId': { '$in': ?0 } }")
    List<IntegrationSession> ofPatients(Collection<String> patientIds);

    /** Of these sessions, those that are booked or were held. */
    @Query("{ 'sessionId': { '$in': ?0 }, 'state': { '$in': ['BOOKED', 'DONE'] } }")
    List<IntegrationSession> standingAfter(Collection<String> sessionIds);
}
