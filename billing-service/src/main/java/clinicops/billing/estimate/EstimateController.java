package clinicops.billing.estimate;

import clinicops.chassis.Audit;
import clinicops.chassis.Cursor;
import clinicops.chassis.NotFound;
import clinicops.chassis.Page;
import clinicops.chassis.Versions;
import clinicops.contracts.Money;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
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
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/estimates")
@Tag(name = "Estimates", description = "Good-faith estimates (No Surprises Act) and the agreement to pay oneself")
class EstimateController {
    private final EstimateDesk desk;
    private final Estimates estimates;
    private final Audit audit;

    EstimateController(EstimateDesk desk, Estimates estimates, Audit audit) {
        this.desk = desk;
        this.estimates = estimates;
        this.audit = audit;
    }

    /** @param visitOn first visit if there is one; it decides how soon the estimate is due */
    record NewEstimate(
            @NotBlank @Size(max = 64) String patientId,
            @NotNull @Min(1) @Max(52) Integer sessions,
            @Nullable LocalDate visitOn) {}

    /** @param signature the patient's typed name */
    record AgreementRequest(@NotBlank @Size(max = 120) String signature) {}

    /** @param units over all sessions of the estimate */
    record EstimateLine(String code, String description, int units, Money unitPrice, Money amount) {}

    /**
     * @param status issued, agreed
     * @param dueOn last day to hand it to the patient (No Surprises Act)
     * @param validTo last day of service that it covers
     * @param chargedSessions sessions charged under the agreement so far
     * @param variance charged so far beyond the estimate of as many sessions; negative when less
     * @param disputable whether the patient could dispute the bill: charged 400 dollars or more above the estimate
     */
    record EstimateAnswer(
            String id,
            String patientId,
            int sessions,
            List<EstimateLine> lines,
            Money total,
            String status,
            Instant issuedAt,
            LocalDate dueOn,
            LocalDate validTo,
            @Nullable Instant agreedAt,
            int chargedSessions,
            Money variance,
            boolean disputable,
            String rules,
            long version) {
        static EstimateAnswer of(GoodFaithEstimate e, long disputableFromCents) {
            var agreement = e.agreement();
            return new EstimateAnswer(
                    e.id(),
                    e.patientId(),
                    e.sessions(),
                    e.linesPerSession().stream()
                            .map(l -> new EstimateLine(
                                    l.code(),
                                    l.description(),
                                    l.units() * e.sessions(),
                                    l.unitPrice().money(),
                                    l.amount().times(e.sessions()).money()))
                            .toList(),
                    e.total().money(),
                    agreement == null ? "issued" : "agreed",
                    e.issuedAt(),
                    e.dueOn(),
                    e.validTo(),
                    agreement == null ? null : agreement.at(),
                    e.charged().size(),
                    e.variance().money(),
                    e.variance().cents() >= disputableFromCents,
                    e.rules(),
                    e.version());
        }
    }

    @PostMapping
    @Operation(
            summary = "Issues a good-faith estimate for a number of sessions",
            description = "Priced from the fee schedule and the drug and route of the approved plan (ketamine IV while"
                    + " there is none). 422 charge-rule-known, visit-not-past.")
    ResponseEntity<EstimateAnswer> issue(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody NewEstimate request) {
        EstimateAnswer answer = desk.issue(key, request);
        return ResponseEntity.status(HttpStatus.CREATED)
                .eTag(Versions.etag(answer.version()))
                .body(answer);
    }

    @PostMapping("/{id}/agreement")
    @Operation(
            summary = "The patient agrees to pay the sessions themself",
            description = "If-Match: the estimate's version. No claim may be made for these sessions any more; signed"
                    + " sessions that no insurance covers are charged at once. 409 already-agreed, estimate-valid.")
    ResponseEntity<EstimateAnswer> agree(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody AgreementRequest request) {
        return answer(desk.agree(id, ifMatch, request.signature()));
    }

    @GetMapping
    @Operation(summary = "Lists estimates, of one patient if asked")
    Page<EstimateAnswer> list(
            @RequestParam(required = false) @Nullable String patientId,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        String after = Cursor.of(cursor).after();
        Limit rows = Limit.of(size + 1);
        var found = patientId == null
                ? estimates.findByIdGreaterThanOrderByIdAsc(after, rows)
                : estimates.findByPatientIdAndIdGreaterThanOrderByIdAsc(patientId, after, rows);
        var page = Page.of(found, size, GoodFaithEstimate::id).map(desk::answer);
        audit.readList(
                "list-estimates",
                page.items().stream().map(EstimateAnswer::patientId).toList());
        return page;
    }

    @GetMapping("/{id}")
    @Operation(summary = "One estimate", description = "ETag: the estimate's version.")
    ResponseEntity<EstimateAnswer> get(@PathVariable String id) {
        var estimate = estimates.forBillingOffice(id).orElseThrow(() -> new NotFound("estimate", id));
        audit.read("read-estimate", "estimate/" + id, estimate.patientId());
        return answer(estimate);
    }

    private ResponseEntity<EstimateAnswer> answer(GoodFaithEstimate estimate) {
        return ResponseEntity.ok().eTag(Versions.etag(estimate.version())).body(desk.answer(estimate));
    }
}
