package clinicops.intake.worklist;

import java.util.Optional;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The rows of the work-list. */
interface WorkRows extends Repository<WorkRow, String> {
    WorkRow save(WorkRow row);

    @Query("{_id: ?0}")
    Optional<WorkRow> forStaff(String patientId);

    @Query(value = "{_id: ?0}", delete = true)
    void remove(String patientId);
}
