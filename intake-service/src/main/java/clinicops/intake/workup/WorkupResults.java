package clinicops.intake.workup;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** Results of the work-up; any member of staff whom the access table lets in may see any of them. */
interface WorkupResults extends Repository<WorkupResult, String> {
    WorkupResult save(WorkupResult result);

    @Query(value = "{patientId: ?0}", sort = "{takenAt: -1, _id: -1}")
    List<WorkupResult> newestOf(String patientId, Limit limit);
}
