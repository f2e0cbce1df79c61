package clinicops.chassis.audit;

import clinicops.chassis.Audit;
import clinicops.chassis.Cursor;
import clinicops.chassis.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** For auditors: who looked at what, and whether the record is whole. */
@RestController
@Tag(name = "audit")
final class AuditController {
    private final MongoOperations mongo;
    private final AuditVerification verification;
    private final Audit audit;

    AuditController(MongoOperations mongo, AuditVerification verification, Audit audit) {
        this.mongo = mongo;
        this.verification = verification;
        this.audit = audit;
    }

    @GetMapping("/api/audit")
    @Operation(operationId = "listAudit", summary = "Audit rows of this service, newest first")
    Page<AuditRow> list(
            @Parameter(description = "only rows about this patient") @RequestParam(required = false) @Nullable
                    String patientId,
            @Parameter(description = "only rows of this username") @RequestParam(required = false) @Nullable String who,
            @Parameter(description = "system time, inclusive") @RequestParam(required = false) @Nullable Instant from,
            @Parameter(description = "system time, exclusive") @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        var after = Cursor.of(cursor);
        var rows = new Criteria();
        if (patientId != null) {
            rows.and("patientIds").is(patientId);
        }
        if (who != null) {
            rows.and("who").is(who);
        }
        if (from != null || to != null) {
            var time = rows.and("systemTime");
            if (from != null) {
                time.gte(from);
            }
            if (to != null) {
                time.lt(to);
            }
        }
        if (!after.after().isEmpty()) {
            rows.and("_id").lt(after.after());
        }
        var found = mongo.find(
                Query.query(rows).with(Sort.by(Sort.Direction.DESC, "_id")).limit(size + 1), AuditRow.class);
        // who watches the watchers: looking at the audit is a row of its own
        audit.read("read-audit", "audit/" + (patientId == null ? "all" : "patient"), patientId);
        return Page.of(found, size, AuditRow::id);
    }

    @GetMapping("/api/audit/verification")
    @Operation(
            operationId = "verifyAudit",
            summary = "Computes every block's hash again and names the first broken one")
    AuditVerification.Verification verify() {
        var result = verification.verify();
        audit.read("verify-audit", "audit/chain", null);
        return result;
    }
}
