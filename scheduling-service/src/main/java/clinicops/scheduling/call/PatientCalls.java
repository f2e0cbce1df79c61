package clinicops.scheduling.call;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** Calls to every patient of the clinic. List keys are the due time and the id. */
interface PatientCalls extends Repository<PatientCall, String> {
    PatientCall save(PatientCall call);

    @Query("{ '_id': ?0 }")
    Optional<PatientCall> ofClinic(String id);

    @Query(value = "{ 'occasion': ?0 }", exists = true)
    boolean anyOf(String occasion);

    @Query(value = "{ 'dueKey': { '$gt': ?0 } }", sort = "{ 'dueKey': 1 }")
    List<PatientCall> due(String after, Limit limit);

    @Query(value = "{ 'patientId': ?0, 'listKey': { '$gt': ?1 } }", sort = "{ 'listKey': 1 }")
    List<PatientCall> ofPatient(String patientId, String after, Limit limit);

    /** Due before, and the clock has not found them yet. */
    @Query(value = "{ 'dueKey': { '$gt': '', '$lt': ?0 }, 'overdueSince': null }", sort = "{ 'dueKey': 1 }")
    List<PatientCall> dueBefore(String time, Limit limit);

    @Query(value = "{ 'dueKey': { '$gt': '' }, 'overdueSince': null }", sort = "{ 'dueKey': 1 }")
    List<PatientCall> expected(Limit first);
}
