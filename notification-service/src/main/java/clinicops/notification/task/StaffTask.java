package clinicops.notification.task;

import clinicops.contracts.NotificationEvent;
import clinicops.contracts.NotificationEvent.NoticeDelivered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Something that a member of staff has to see to. The only kind today is a safety alert.
 *
 * <p>Its life: it is opened when the alert is raised, and shown to staff from that moment on. While nobody acknowledges the
 * alert, the clock escalates it, step by step, to the roles that the rules name; after the last step it stays open. It is
 * closed by the acknowledgement, and by nothing else; when the alert is raised again, it begins anew, closed or not.
 *
 * <p>Invariants: opening and every escalation is told once, as a notice delivered to staff; a closed task escalates no more.
 */
@Document("staff_tasks")
final class StaffTask {

    static final String SAFETY_ALERT = "safety-alert";

    /** @param at business time; @param role wire name of the role that is asked then */
    record Escalation(String role, Instant at, @Nullable Instant doneAt) {}

    @Id
    private final String id;

    @Version
    private @Nullable Long version;

    private final String kind;
    private String patientId;
    private String reason;
    private String rules;
    private Instant openedAt;
    private List<Escalation> escalations;
    private @Nullable Instant nextEscalationAt;
    private boolean open;
    private @Nullable Instant closedAt;
    private @Nullable String closedBy;

    @PersistenceCreator
    StaffTask(
            String id,
            @Nullable Long version,
            String kind,
            String patientId,
            String reason,
            String rules,
            Instant openedAt,
            List<Escalation> escalations,
            @Nullable Instant nextEscalationAt,
            boolean open,
            @Nullable Instant closedAt,
            @Nullable String closedBy) {
        this.id = id;
        this.version = version;
        this.kind = kind;
        this.patientId = patientId;
        this.reason = reason;
        this.rules = rules;
        this.openedAt = openedAt;
        this.escalations = escalations;
        this.nextEscalationAt = nextEscalationAt;
        this.open = open;
        this.closedAt = closedAt;
        this.closedBy = closedBy;
    }

    /** An alert was raised: an open task. {@code reason}: the alert's code. */
    static StaffTask opened(String alertId, String patientId, String reason, Instant raisedAt, EscalationRules rules) {
        StaffTask task = new StaffTask(
                alertId,
                null,
                SAFETY_ALERT,
                patientId,
                reason,
                rules.id() + "@" + rules.version(),
                raisedAt,
                steps(raisedAt, rules),
                null,
                true,
                null,
                null);
        task.nextEscalationAt = task.firstOpenStep();
        return task;
    }

    private static List<Escalation> steps(Instant raisedAt, EscalationRules rules) {
        return rules.steps().stream()
                .map(step -> new Escalation(step.role(), raisedAt.plus(step.after()), null))
                .toList();
    }

    /**
     * The alert was told of once more: raised again, or come into the name of a patient with whom its own was merged.
     *
     * @return false when it stands as before, as the telling is older than what is known
     */
    boolean toldAgain(String whose, String why, Instant raisedAt, EscalationRules by) {
        patientId = whose;
        boolean before = !raisedAt.isAfter(openedAt) || (closedAt != null && !raisedAt.isAfter(closedAt));
        if (before) {
            return false;
        }
        reason = why;
        rules = by.id() + "@" + by.version();
        openedAt = raisedAt;
        List<Escalation> all = new ArrayList<>(
                escalations.stream().filter(step -> step.doneAt() != null).toList());
        all.addAll(steps(raisedAt, by));
        escalations = List.copyOf(all);
        open = true;
        closedAt = null;
        closedBy = null;
        nextEscalationAt = firstOpenStep();
        return true;
    }

    /** What opening tells: the alert is on the staff's list. */
    List<NotificationEvent> announce(String noticeId, Instant now) {
        return List.of(delivered(noticeId, kind, now));
    }

    /** Asks the roles whose time has come; tells nothing when there is none, or the task is closed. */
    List<NotificationEvent> escalate(Instant now, java.util.function.Supplier<String> noticeIds) {
        if (!open) {
            return List.of();
        }
        List<NotificationEvent> events = new ArrayList<>();
        List<Escalation> after = new ArrayList<>();
        for (Escalation step : escalations) {
            if (step.doneAt() == null && !step.at().isAfter(now)) {
                events.add(delivered(noticeIds.get(), kind + "-" + step.role(), now));
                after.add(new Escalation(step.role(), step.at(), now));
            } else {
                after.add(step);
            }
        }
        escalations = List.copyOf(after);
        nextEscalationAt = firstOpenStep();
        return events;
    }

    /** Somebody acknowledged the alert. Closing again changes nothing. */
    void close(String by, Instant at) {
        if (open) {
            open = false;
            closedBy = by;
            closedAt = at;
            nextEscalationAt = null;
        }
    }

    private NoticeDelivered delivered(String noticeId, String template, Instant now) {
        return new NoticeDelivered(noticeId, patientId, template, "staff", id, now);
    }

    private @Nullable Instant firstOpenStep() {
        return escalations.stream()
                .filter(step -> step.doneAt() == null)
                .map(Escalation::at)
                .min(Instant::compareTo)
                .orElse(null);
    }

    String id() {
        return id;
    }

    long version() {
        return version == null ? 0 : version;
    }

    String kind() {
        return kind;
    }

    String patientId() {
        return patientId;
    }

    /** The alert's code, for example {@code c-ssrs-high}. */
    String reason() {
        return reason;
    }

    String rules() {
        return rules;
    }

    Instant openedAt() {
        return openedAt;
    }

    List<Escalation> escalations() {
        return escalations;
    }

    /** When the next role is asked; null when all were, or the task is closed. */
    @Nullable
    Instant nextEscalationAt() {
        return nextEscalationAt;
    }

    boolean isOpen() {
        return open;
    }

    @Nullable
    Instant closedAt() {
        return closedAt;
    }

    @Nullable
    String closedBy() {
        return closedBy;
    }
}
