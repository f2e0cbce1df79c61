package clinicops.intake.safety;

import clinicops.chassis.Audit;
import clinicops.chassis.Cursor;
import clinicops.chassis.Page;
import clinicops.chassis.Versions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Safety", description = "Patients who may be in danger, and who takes it up")
class SafetyController {
    private final SafetyAlerts alerts;
    private final SafetyDesk desk;
    private final Audit audit;

    SafetyController(SafetyAlerts alerts, SafetyDesk desk, Audit audit) {
        this.alerts = alerts;
        this.desk = desk;
        this.audit = audit;
    }

    /** One alert, with the crisis lines that every screen shows beside it. */
    @Schema(name = "SafetyAlert", description = "Somebody may be in danger")
    record AlertView(
            String id,
            String patientId,

            @Schema(description = "`c-ssrs-high`: the C-SSRS screener said high risk")
            String reason,

            Instant raisedAt,

            @Schema(description = "Roles that were called because nobody had acknowledged, in order, and when")
            List<SafetyAlert.Escalated> escalations,

            @Schema(description = "When the next role is called; null when none is left, or it is acknowledged")
            @Nullable
            Instant nextEscalationAt,

            @Schema(description = "Username; null while the alert is open") @Nullable
            String acknowledgedBy,

            @Nullable Instant acknowledgedAt,

            @Schema(description = "Telephone numbers to show")
            List<String> crisisLines,

            long version) {}

    @GetMapping("/api/safety-alerts")
    @Operation(
            summary = "List safety alerts",
            description =
                    "In the order of their raising. Errors: 400 `limit`, `cursor`, or `open` when it is neither true nor false.")
    Page<AlertView> list(
            @Parameter(description = "true: only those that nobody has acknowledged; false: only the others")
                    @RequestParam(required = false)
                    @Nullable
                    Boolean open,
            @Parameter(description = "1 to 200, default 50") @RequestParam(required = false) @Nullable Integer limit,
            @Parameter(description = "`nextCursor` of the page before") @RequestParam(required = false) @Nullable
                    String cursor) {
        int size = Cursor.limit(limit);
        String after = Cursor.of(cursor).after();
        Limit oneMore = Limit.of(size + 1);
        var found = open == null
                ? alerts.all(after, oneMore)
                : open ? alerts.open(after, oneMore) : alerts.closed(after, oneMore);
        var page = Page.of(found, size, SafetyAlert::id);
        audit.readList(
                "list-safety-alerts",
                page.items().stream().map(SafetyAlert::patientId).toList());
        return page.map(this::view);
    }

    @PostMapping("/api/safety-alerts/{id}/acknowledgement")
    @Operation(summary = "Acknowledge a safety alert", description = """
                    The caller takes the patient up; escalation ends. The first acknowledgement stands, and a later one is
                    answered with it. Takes no If-Match: an escalation at the same moment must never hinder it.
                    Errors: 404 `not-found`.""")
    ResponseEntity<AlertView> acknowledge(@PathVariable String id) {
        SafetyAlert alert = desk.acknowledge(id);
        return ResponseEntity.ok().eTag(Versions.etag(alert.version())).body(view(alert));
    }

    private AlertView view(SafetyAlert alert) {
        var acknowledgement = alert.acknowledgement();
        return new AlertView(
                alert.id(),
                alert.patientId(),
                alert.reason(),
                alert.raisedAt(),
                alert.escalations(),
                alert.nextEscalationAt(),
                acknowledgement == null ? null : acknowledgement.by(),
                acknowledgement == null ? null : acknowledgement.at(),
                desk.crisisLines(),
                alert.version());
    }
}
