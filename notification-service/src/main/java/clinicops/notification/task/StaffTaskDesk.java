package clinicops.notification.task;

import clinicops.chassis.DueWork;
import clinicops.contracts.IntakeEvent.SafetyAlertAcknowledged;
import clinicops.contracts.IntakeEvent.SafetyAlertRaised;
import clinicops.contracts.NotificationEvent;
import clinicops.notification.poll.DueJob;
import clinicops.outbox.Ids;
import clinicops.outbox.Outbox;
import clinicops.outbox.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** Opens tasks for staff when a patient may be in danger, escalates them by the clock and closes them. */
@Component
public class StaffTaskDesk implements DueWork, DueJob {

    private static final int AT_ONCE = 20;

    private final StaffTasks tasks;
    private final Outbox outbox;
    private final Transactions transactions;
    private final Clock clock;
    private final EscalationRules rules = EscalationRules.read();

    StaffTaskDesk(StaffTasks tasks, Outbox outbox, Transactions transactions, Clock clock) {
        this.tasks = tasks;
        this.outbox = outbox;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Runs in the event handler's transaction. */
    public void alertRaised(SafetyAlertRaised alert) {
        StaffTask known = tasks.ofAlert(alert.alertId()).orElse(null);
        if (known != null && !known.toldAgain(alert.patientId(), alert.reason(), alert.raisedAt(), rules)) {
            // it was acknowledged before we heard of it, or its patient was merged
            save(known, List.of());
            return;
        }
        StaffTask task = known == null
                ? StaffTask.opened(alert.alertId(), alert.patientId(), alert.reason(), alert.raisedAt(), rules)
                : known;
        List<NotificationEvent> events = task.announce(Ids.next(), clock.instant());
        save(task, events);
    }

    /** Runs in the event handler's transaction. */
    public void alertAcknowledged(SafetyAlertAcknowledged acknowledged) {
        StaffTask task = tasks.ofAlert(acknowledged.alertId())
                .orElseGet(() -> StaffTask.opened(
                        acknowledged.alertId(),
                        acknowledged.patientId(),
                        "unknown",
                        acknowledged.acknowledgedAt(),
                        rules));
        task.close(acknowledged.acknowledgedBy(), acknowledged.acknowledgedAt());
        save(task, List.of());
    }

    /**
     * Escalates what is due.
     *
     * @return how many tasks were looked at; 0 when nothing is due
     */
    @Override
    public int runDue() {
        List<StaffTask> due = tasks.toEscalate(clock.instant(), Limit.of(AT_ONCE));
        for (StaffTask candidate : due) {
            try {
                transactions.run(() -> tasks.ofAlert(candidate.id()).ifPresent(task -> {
                    List<NotificationEvent> events = task.escalate(clock.instant(), Ids::next);
                    if (!events.isEmpty()) {
                        save(task, events);
                    }
                }));
            } catch (OptimisticLockingFailureException e) {
                // another copy of the service, or the acknowledgement, was first: the next round sees what is left
            }
        }
        return due.size();
    }

    @Override
    public Optional<Instant> nextDueAt() {
        return tasks.nextToEscalate(Limit.of(1)).stream().findFirst().map(StaffTask::nextEscalationAt);
    }

    private void save(StaffTask task, List<NotificationEvent> events) {
        StaffTask saved = tasks.save(task);
        if (!events.isEmpty()) {
            outbox.append(saved.id(), saved.version(), events);
        }
    }
}
