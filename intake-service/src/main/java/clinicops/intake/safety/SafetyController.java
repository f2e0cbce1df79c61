package clinicops.intake.safety;

import clinicops.chassis.Audit;
import clinicops.chassis.Cursor;
import clinicops.chassis.Page;
import clinicops.chassis.Versions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Safety", description = "Patients who may be in danger, and who takes it up")
class SafetyController {
    private final AlertList list;
    private final SafetyDesk desk;
    private final Audit audit;

    SafetyController(AlertList list, SafetyDesk desk, Audit audit) {
        this.list = list;
        this.desk = desk;
        this.audit = audit;
    }

    /** One alert, with the crisis lines that every screen shows beside it. */
    @Schema(name = "SafetyAlert", description = "Somebody may be in danger")
    record AlertView(
            String id,
            String patientId,

            @Schema(
                    description =
                            "`c-ssrs-high`: the C-SSRS screener said high risk; `phq-9-item-9`: that item was not \"not at all\", and the C-SSRS was not answered")
            AlertReason reason,

            @Schema(description = "Where the patient answered: with staff, in a session, or alone by link")
            RaisedThrough raisedThrough,

            @Schema(
                    description =
                            "All answers that told of danger until it was resolved, oldest first; the gravest is the reason")
            List<SafetyAlert.AlertTrigger> triggers,

            SafetyAlert.State state,
            Instant raisedAt,

            @Schema(
                    description =
                            "Roles, or `on-call`, that were called because nobody had acknowledged, in order, and when")
            List<SafetyAlert.Escalated> escalations,

            @Schema(description = "When the next is called; null when none is left, or it is acknowledged") @Nullable
            Instant nextEscalationAt,

            @Schema(description = "Telephone calls to the person on call")
            List<CallView> calls,

            @Schema(description = "Username; null while nobody has taken the patient up") @Nullable
            String acknowledgedBy,

            @Nullable Instant acknowledgedAt,

            @Schema(description = "Who had taken the patient up before it was raised again, oldest first")
            List<SafetyAlert.Acknowledgement> formerAcknowledgements,

            @Schema(description = "Null until a clinician closes the alert") @Nullable
            ResolutionView resolution,

            @Schema(description = "Telephone numbers to show")
            List<String> crisisLines,

            long version) {}

    /** A call to the person on call. */
    @Schema(name = "SafetyAlertCall", description = "A call to the person on call")
    record CallView(
            @Schema(description = "When it fell due") Instant at,
            SafetyAlert.CallState state,

            @Schema(description = "Username; null before it was placed") @Nullable
            String person,

            @Schema(description = "When it was last tried") @Nullable
            Instant placedAt) {
        static CallView of(SafetyAlert.Call call) {
            return new CallView(call.at(), call.state(), call.person(), call.placedAt());
        }
    }

    /** How an alert was closed. */
    @Schema(name = "SafetyAlertResolution", description = "How an alert was closed")
    record ResolutionView(
            AlertOutcome outcome,
            @Nullable String note,
            @Schema(description = "Username") String by,
            Instant at) {
        static ResolutionView of(SafetyAlert.Resolution resolution) {
            return new ResolutionView(resolution.outcome(), resolution.note(), resolution.by(), resolution.at());
        }
    }

    /** The closing of an alert. */
    record ResolutionRequest(
            @NotNull AlertOutcome outcome,

            @Schema(description = "What was found and done; needed unless the outcome is `safety-plan`")
            @Size(max = 2000)
            @Nullable
            String note) {}

    @GetMapping("/api/safety-alerts")
    @Operation(
            summary = "List safety alerts",
            description =
                    "In the order of their raising. Errors: 400 `limit`, `cursor`, or `open` or `resolved` when it is neither true nor false.")
    Page<AlertView> list(
            @Parameter(description = "true: only those that nobody has acknowledged; false: only the others")
                    @RequestParam(required = false)
                    @Nullable
                    Boolean open,
            @Parameter(description = "false: only those that no clinician has closed; true: only the others")
                    @RequestParam(required = false)
                    @Nullable
                    Boolean resolved,
            @Parameter(description = "Only this patient's") @RequestParam(required = false) @Nullable String patientId,
            @Parameter(description = "1 to 200, default 50") @RequestParam(required = false) @Nullable Integer limit,
            @Parameter(description = "`nextCursor` of the page before") @RequestParam(required = false) @Nullable
                    String cursor) {
        var filter = new AlertList.Filter(open, resolved, patientId);
        var page = list.page(filter, Cursor.of(cursor), Cursor.limit(limit));
        audit.readList(
                "list-safety-alerts",
                page.items().stream().map(SafetyAlert::patientId).toList());
        return page.map(this::view);
    }

    @PostMapping("/api/safety-alerts/{id}/acknowledgement")
    @Operation(summary = "Acknowledge a safety alert", description = """
                    The caller takes the patient up; escalation ends. The first acknowledgement stands, and a later one is
                    answered with it. Answers that tell of danger afterwards raise the alert again. Takes no If-Match: an escalation at the same moment must never hinder it.
                    Errors: 404 `not-found`.""")
    ResponseEntity<AlertView> acknowledge(@PathVariable String id) {
        SafetyAlert alert = desk.acknowledge(id);
        return ResponseEntity.ok().eTag(Versions.etag(alert.version())).body(view(alert));
    }

    @PostMapping("/api/safety-alerts/{id}/resolution")
    @Operation(summary = "Resolve a safety alert", description = """
                    A clinician closes it: with a safety plan that was signed since answers last told of danger, or saying what was found and
                    done. Once all alerts of the patient are closed, their flag is lifted. Takes no If-Match: the first
                    resolution stands. Errors: 404 `not-found`; 409 `acknowledge-first`, `alert-resolved`; 422
                    `safety-plan-needed`, `reason-needed`.""")
    ResponseEntity<AlertView> resolve(@PathVariable String id, @Valid @RequestBody ResolutionRequest request) {
        String note = request.note();
        SafetyAlert alert = desk.resolve(id, request.outcome(), note == null || note.isBlank() ? null : note.strip());
        return ResponseEntity.ok().eTag(Versions.etag(alert.version())).body(view(alert));
    }

    private AlertView view(SafetyAlert alert) {
        var acknowledgement = alert.acknowledgement();
        var resolution = alert.resolution();
        return new AlertView(
                alert.id(),
                alert.patientId(),
                alert.reason(),
                alert.through(),
                alert.triggers(),
                alert.state(),
                alert.raisedAt(),
                alert.escalations(),
                alert.nextEscalationAt(),
                alert.calls().stream().map(CallView::of).toList(),
                acknowledgement == null ? null : acknowledgement.by(),
                acknowledgement == null ? null : acknowledgement.at(),
                alert.formerAcknowledgements(),
                resolution == null ? null : ResolutionView.of(resolution),
                desk.crisisLines(),
                alert.version());
    }
}
