package clinicops.billing.ledger;

import clinicops.billing.patient.BilledPatient;
import clinicops.billing.patient.PatientFile;
import clinicops.chassis.Audit;
import clinicops.chassis.Cursor;
import clinicops.chassis.NotFound;
import clinicops.chassis.Page;
import clinicops.chassis.Versions;
import clinicops.contracts.Money;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/statements")
@Tag(name = "Statements", description = "What patients were asked to pay")
class StatementController {
    private final StatementRun run;
    private final Statements statements;
    private final PatientFile patients;
    private final Audit audit;

    StatementController(StatementRun run, Statements statements, PatientFile patients, Audit audit) {
        this.run = run;
        this.statements = statements;
        this.patients = patients;
        this.audit = audit;
    }

    record NewStatement(@NotBlank @Size(max = 64) String patientId) {}

    /**
     * @param dueOn last day to pay
     * @param addressee the patient's name; null in lists, and when intake erased it
     */
    record StatementAnswer(
            String id,
            String patientId,
            Money amountDue,
            LocalDate dueOn,
            Instant issuedAt,
            @Nullable String addressee) {
        static StatementAnswer of(Statement s, @Nullable String addressee) {
            return new StatementAnswer(
                    s.id(), s.patientId(), s.amountDue().money(), s.dueOn(), s.issuedAt(), addressee);
        }
    }

    @PostMapping
    @Operation(
            summary = "Issues a statement of what the patient owes",
            description =
                    "409 insurance-pending while a session is unbilled or unanswered, nothing-due without a balance.")
    ResponseEntity<StatementAnswer> issue(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody NewStatement request) {
        return ResponseEntity.status(HttpStatus.CREATED).eTag(Versions.etag(1)).body(run.issue(key, request));
    }

    @GetMapping
    @Operation(summary = "Lists statements, of one patient if asked, oldest first")
    Page<StatementAnswer> list(
            @RequestParam(required = false) @Nullable String patientId,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        String after = Cursor.of(cursor).after();
        Limit rows = Limit.of(size + 1);
        var found = patientId == null
                ? statements.findByIdGreaterThanOrderByIdAsc(after, rows)
                : statements.findByPatientIdAndIdGreaterThanOrderByIdAsc(patientId, after, rows);
        var page = Page.of(found, size, Statement::id).map(s -> StatementAnswer.of(s, null));
        audit.readList(
                "list-statements",
                page.items().stream().map(StatementAnswer::patientId).toList());
        return page;
    }

    @GetMapping("/{id}")
    @Operation(summary = "One statement, with the name it goes to")
    ResponseEntity<StatementAnswer> get(@PathVariable String id) {
        Statement statement = statements.forBillingOffice(id).orElseThrow(() -> new NotFound("statement", id));
        audit.read("read-statement", "statement/" + id, statement.patientId());
        String addressee = patients.find(statement.patientId())
                .map(BilledPatient::fullName)
                .orElse(null);
        return ResponseEntity.ok().eTag(Versions.etag(1)).body(StatementAnswer.of(statement, addressee));
    }
}
