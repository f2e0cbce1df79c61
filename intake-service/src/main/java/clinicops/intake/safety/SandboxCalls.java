package clinicops.intake.safety;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** What the sandbox kept. */
interface SandboxCalls extends Repository<SandboxCall, String> {
    SandboxCall save(SandboxCall call);

    @Query(value = "{_id: {$gt: ?0}}", sort = "{_id: 1}")
    List<SandboxCall> forStaff(String after, Limit limit);
}
