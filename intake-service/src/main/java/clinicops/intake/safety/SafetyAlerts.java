package clinicops.intake.safety;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The clinic's safety alerts; any member of staff whom the access table lets in may see any of them. */
interface SafetyAlerts extends Repository<SafetyAlert, String> {
    SafetyAlert save(SafetyAlert alert);

    @Query("{_id: ?0}")
    Optional<SafetyAlert> forStaff(String alertId);

    @Query(value = "{patientId: ?0, 'acknowledgement.at': null}", exists = true)
    boolean openFor(String patientId);

    /** The latest raised first: more than one only of a patient into whom another was merged. */
    @Query(value = "{patientId: ?0, 'resolution.at': null}", sort = "{_id: -1}")
    List<SafetyAlert> unresolvedOf(String patientId);

    @Query("{_id: {$in: ?0}, 'resolution.at': null}")
    List<SafetyAlert> unresolvedAmong(Collection<String> alertIds);

    /** Those with a step of the escalation that has fallen due. */
    @Query("{nextEscalationAt: {$lte: ?0}}")
    List<SafetyAlert> escalatingBy(Instant now);

    /** Those with a call to place. */
    @Query("{'calls.dueAt': {$lte: ?0}}")
    List<SafetyAlert> callingBy(Instant now);

    /** The one that escalates next. */
    Optional<SafetyAlert> findFirstByNextEscalationAtAfterOrderByNextEscalationAt(Instant anyTime);
}
