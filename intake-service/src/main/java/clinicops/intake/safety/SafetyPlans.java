package clinicops.intake.safety;

import java.util.Optional;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The patients' safety plans, at most one each. */
interface SafetyPlans extends Repository<SafetyPlan, String> {
    SafetyPlan save(SafetyPlan plan);

    @Query("{_id: ?0}")
    Optional<SafetyPlan> of(String patientId);

    @Query(value = "{_id: ?0}", delete = true)
    void remove(String patientId);
}
