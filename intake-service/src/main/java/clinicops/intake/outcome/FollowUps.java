package clinicops.intake.outcome;

import java.util.List;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** What came of treatment, score by score. */
interface FollowUps extends Repository<FollowUp, String> {
    FollowUp save(FollowUp followUp);

    @Query(value = "{_id: ?0}", delete = true)
    void remove(String id);

    /** Oldest first. */
    @Query(value = "{patientId: ?0}", sort = "{at: 1, _id: 1}")
    List<FollowUp> ofPatient(String patientId);
}
