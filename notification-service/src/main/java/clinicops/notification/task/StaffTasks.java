package clinicops.notification.task;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The staff's tasks, which every clinical role sees. */
interface StaffTasks extends Repository<StaffTask, String> {

    StaffTask save(StaffTask task);

    @Query("{ '_id': ?0 }")
    Optional<StaffTask> ofAlert(String alertId);

    /** The open tasks whose next escalation is at or before that business time, the longest due first. */
    @Query(value = "{ 'open': true, 'nextEscalationAt': { $lte: ?0 } }", sort = "{ 'nextEscalationAt': 1 }")
    List<StaffTask> toEscalate(Instant businessTime, Limit limit);

    /** The open task that escalates first. */
    @Query(value = "{ 'open': true, 'nextEscalationAt': { $ne: null } }", sort = "{ 'nextEscalationAt': 1 }")
    List<StaffTask> nextToEscalate(Limit limit);

    /** A page of tasks, in the order of their ids. */
    @Query(value = "{ 'open': { $in: ?0 }, '_id': { $gt: ?1 } }", sort = "{ '_id': 1 }")
    List<StaffTask> list(Collection<Boolean> open, String after, Limit limit);
}
