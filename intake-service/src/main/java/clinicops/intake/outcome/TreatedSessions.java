package clinicops.intake.outcome;

import java.util.List;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The sessions that patients were given. */
interface TreatedSessions extends Repository<TreatedSession, String> {
    TreatedSession save(TreatedSession session);

    /** In the order in which they were given. */
    @Query(value = "{patientId: ?0}", sort = "{startedAt: 1, _id: 1}")
    List<TreatedSession> ofPatient(String patientId);
}
