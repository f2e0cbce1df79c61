package clinicops.notification.task;

import clinicops.chassis.Audit;
import clinicops.chassis.Cursor;
import clinicops.chassis.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What staff have to see to. */
@RestController
@RequestMapping("/api/staff-tasks")
@Tag(name = "staff-tasks", description = "What staff have to see to: safety alerts, escalated by the clock")
class StaffTaskController {

    /** A task as staff see it. */
    @Schema(name = "StaffTask")
    record TaskView(
            @Schema(description = "For a safety alert, the alert's id")
            String id,

            @Schema(description = "safety-alert") String kind,
            String patientId,

            @Schema(description = "The alert's code, for example c-ssrs-high")
            String reason,

            boolean open,
            @Schema(description = "Business time") Instant openedAt,

            @Schema(description = "Roles in the order in which they are asked")
            List<EscalationView> escalations,

            @Nullable @Schema(description = "When the next role is asked, business time")
            Instant nextEscalationAt,

            @Nullable @Schema(description = "Business time") Instant closedAt,

            @Nullable @Schema(description = "Username of who acknowledged the alert")
            String closedBy,

            @Schema(description = "Rules of the escalation, id@version")
            String rules) {

        static TaskView of(StaffTask task) {
            return new TaskView(
                    task.id(),
                    task.kind(),
                    task.patientId(),
                    task.reason(),
                    task.isOpen(),
                    task.openedAt(),
                    task.escalations().stream()
                            .map(e -> new EscalationView(e.role(), e.at(), e.doneAt()))
                            .toList(),
                    task.nextEscalationAt(),
                    task.closedAt(),
                    task.closedBy(),
                    task.rules());
        }
    }

    /** A step of an escalation. */
    @Schema(name = "Escalation")
    record EscalationView(
            String role,

            @Schema(description = "When it is due, business time")
            Instant at,

            @Nullable @Schema(description = "When the role was asked, business time")
            Instant doneAt) {}

    private final StaffTasks tasks;
    private final Audit audit;

    StaffTaskController(StaffTasks tasks, Audit audit) {
        this.tasks = tasks;
        this.audit = audit;
    }

    @GetMapping
    @Operation(
            operationId = "listStaffTasks",
            summary = "Lists tasks, the first opened first",
            description = "A task for a safety alert closes when the alert is acknowledged in intake.")
    Page<TaskView> list(
            @Parameter(description = "true: open ones only; false: closed ones only; absent: all")
                    @RequestParam(required = false)
                    @Nullable
                    Boolean open,
            @RequestParam(required = false) @Nullable String cursor,
            @Parameter(description = "1 to 200, else 50") @RequestParam(required = false) @Nullable Integer limit) {
        int size = Cursor.limit(limit);
        List<Boolean> which = open == null ? List.of(true, false) : List.of(open);
        List<StaffTask> found = tasks.list(which, Cursor.of(cursor).after(), Limit.of(size + 1));
        Page<TaskView> page = Page.of(found, size, StaffTask::id).map(TaskView::of);
        audit.readList(
                "list-staff-tasks",
                page.items().stream().map(TaskView::patientId).distinct().toList());
        return page;
    }
}
