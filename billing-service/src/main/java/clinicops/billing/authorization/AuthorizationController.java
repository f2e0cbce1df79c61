package clinicops.billing.authorization;

import clinicops.chassis.Audit;
import clinicops.chassis.Cursor;
import clinicops.chassis.NotFound;
import clinicops.chassis.Page;
import clinicops.chassis.Versions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/authorizations")
@Tag(name = "Prior authorizations", description = "Sessions that an insurer agrees to pay; a unit is a session")
class AuthorizationController {
    private final AuthorizationDesk desk;
    private final Authorizations authorizations;
    private final Audit audit;

    AuthorizationController(AuthorizationDesk desk, Authorizations authorizations, Audit audit) {
        this.desk = desk;
        this.authorizations = authorizations;
        this.audit = audit;
    }

    /**
     * @param units sessions asked for
     * @param diagnosisCode ICD-10-CM, for example {@code F33.2}
     */
    record NewAuthorization(
            @NotBlank @Size(max = 64) String patientId,
            @NotBlank @Size(max = 64) String coverageId,
            @NotNull @Min(1) @Max(100) Integer units,

            @NotNull @Pattern(regexp = "[A-TV-Z][0-9][0-9A-Z](\\.[0-9A-Z]{1,4})?")
            String diagnosisCode) {}

    /**
     * @param decision granted, denied
     * @param number the payer's number; needed when granted
     * @param units sessions granted; needed when granted
     * @param validFrom first day of service; needed when granted
     * @param validTo last day of service; needed when granted
     * @param reason claim adjustment reason code (CARC); needed when denied
     */
    record Decision(
            @NotNull @Pattern(regexp = "granted|denied") String decision,
            @Size(min = 1, max = 50) @Nullable String number,
            @Min(1) @Max(100) @Nullable Integer units,
            @Nullable LocalDate validFrom,
            @Nullable LocalDate validTo,
            @Size(min = 1, max = 10) @Nullable String reason) {}

    /**
     * @param status requested, granted, denied
     * @param unitsAsked sessions asked for
     * @param units sessions granted; null unless granted
     * @param unitsLeft granted sessions that are not used up
     * @param usedBySessions the sessions that used a unit
     */
    record AuthorizationAnswer(
            String id,
            String patientId,
            String coverageId,
            String payerCode,
            String diagnosisCode,
            String status,
            int unitsAsked,
            @Nullable Integer units,
            int unitsLeft,
            @Nullable String number,
            @Nullable LocalDate validFrom,
            @Nullable LocalDate validTo,
            @Nullable String reason,
            List<String> usedBySessions,
            Instant requestedAt,
            @Nullable Instant decidedAt,
            long version) {
        static AuthorizationAnswer of(PriorAuthorization a) {
            var grant = a.grant();
            return new AuthorizationAnswer(
                    a.id(),
                    a.patientId(),
                    a.coverageId(),
                    a.payerCode(),
                    a.diagnosisCode(),
                    a.status().code(),
                    a.unitsAsked(),
                    grant == null ? null : grant.units(),
                    a.unitsLeft(),
                    grant == null ? null : grant.number(),
                    grant == null ? null : grant.validFrom(),
                    grant == null ? null : grant.validTo(),
                    a.denialReason(),
                    a.usedBySessions(),
                    a.requestedAt(),
                    a.decidedAt(),
                    a.version());
        }
    }

    @PostMapping
    @Operation(
            summary = "Asks a patient's payer for sessions",
            description = "404 for another patient's coverage; 409 payer-known while the payer is unknown.")
    ResponseEntity<AuthorizationAnswer> request(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody NewAuthorization request) {
        AuthorizationAnswer answer = desk.request(key, request);
        return ResponseEntity.status(HttpStatus.CREATED)
                .eTag(Versions.etag(answer.version()))
                .body(answer);
    }

    @PutMapping("/{id}/decision")
    @Operation(
            summary = "Notes the payer's decision, once",
            description = "If-Match: the authorization's version. 409 already-decided; 422 decision-complete,"
                    + " reason-code-known, valid-to-after-valid-from.")
    ResponseEntity<AuthorizationAnswer> decide(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody Decision decision) {
        return answer(desk.decide(id, ifMatch, decision));
    }

    @GetMapping
    @Operation(summary = "Lists authorizations, of one patient if asked")
    Page<AuthorizationAnswer> list(
            @RequestParam(required = false) @Nullable String patientId,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        String after = Cursor.of(cursor).after();
        Limit rows = Limit.of(size + 1);
        var found = patientId == null
                ? authorizations.findByIdGreaterThanOrderByIdAsc(after, rows)
                : authorizations.findByPatientIdAndIdGreaterThanOrderByIdAsc(patientId, after, rows);
        var page = Page.of(found, size, PriorAuthorization::id).map(AuthorizationAnswer::of);
        audit.readList(
                "list-authorizations",
                page.items().stream().map(AuthorizationAnswer::patientId).toList());
        return page;
    }

    @GetMapping("/{id}")
    @Operation(summary = "One authorization", description = "ETag: the authorization's version.")
    ResponseEntity<AuthorizationAnswer> get(@PathVariable String id) {
        var authorization = authorizations.forBillingOffice(id).orElseThrow(() -> new NotFound("authorization", id));
        audit.read("read-authorization", "authorization/" + id, authorization.patientId());
        return answer(authorization);
    }

    private static ResponseEntity<AuthorizationAnswer> answer(PriorAuthorization authorization) {
        return ResponseEntity.ok()
                .eTag(Versions.etag(authorization.version()))
                .body(AuthorizationAnswer.of(authorization));
    }
}
