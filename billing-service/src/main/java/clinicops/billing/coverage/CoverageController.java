package clinicops.billing.coverage;

import clinicops.billing.money.Amount;
import clinicops.billing.money.Usd;
import clinicops.billing.payer.PayerClass;
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
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/coverages")
@Tag(name = "Coverages", description = "Who insures a patient, and what is covered")
class CoverageController {
    private final CoverageFile file;
    private final Coverages coverages;
    private final Audit audit;

    CoverageController(CoverageFile file, Coverages coverages, Audit audit) {
        this.file = file;
        this.coverages = coverages;
        this.audit = audit;
    }

    /**
     * @param deductible what of the deductible is left this year; null when the payer did not say
     * @param outOfPocketMaximum what is left of it this year; null when the payer did not say
     * @param coinsurancePercent the patient's share after the deductible
     * @param copay the patient's fixed share of a session
     * @param authorizationRequired whether ketamine sessions need prior authorization
     * @param checkedOn the day the payer was asked; not after today
     */
    record BenefitsRequest(
            @NotNull Boolean active,
            @Valid @Nullable Amount deductible,
            @Valid @Nullable Amount outOfPocketMaximum,
            @Min(0) @Max(100) @Nullable Integer coinsurancePercent,
            @Valid @Nullable Amount copay,
            @NotNull Boolean authorizationRequired,
            @NotNull LocalDate checkedOn) {
        Coverage.Benefits benefits() {
            return new Coverage.Benefits(
                    active,
                    usd(deductible),
                    usd(outOfPocketMaximum),
                    coinsurancePercent,
                    usd(copay),
                    authorizationRequired,
                    checkedOn);
        }

        private static @Nullable Usd usd(@Nullable Amount amount) {
            return amount == null ? null : amount.usd();
        }
    }

    /** What the payer said at the last check. */
    record BenefitsAnswer(
            boolean active,
            @Nullable Money deductible,
            @Nullable Money outOfPocketMaximum,
            @Nullable Integer coinsurancePercent,
            @Nullable Money copay,
            boolean authorizationRequired,
            LocalDate checkedOn) {
        static BenefitsAnswer of(Coverage.Benefits b) {
            return new BenefitsAnswer(
                    b.active(),
                    money(b.deductible()),
                    money(b.outOfPocketMaximum()),
                    b.coinsurancePercent(),
                    money(b.copay()),
                    b.authorizationRequired(),
                    b.checkedOn());
        }

        private static @Nullable Money money(@Nullable Usd usd) {
            return usd == null ? null : usd.money();
        }
    }

    /**
     * @param rank 1 is primary
     * @param payerClass null while the payer is unknown
     * @param status unknown-payer, on-file
     * @param active false when the payer said that it is not in force
     * @param authorizationRequired as checked, else the payer's usual rule
     * @param benefits null until they are checked
     */
    record CoverageAnswer(
            String id,
            String patientId,
            int rank,
            String payerCode,
            @Nullable String payerClass,
            @Nullable String plan,
            String memberId,
            String status,
            boolean active,
            boolean authorizationRequired,
            @Nullable BenefitsAnswer benefits,
            long version) {
        static CoverageAnswer of(Coverage c) {
            PayerClass payerClass = c.payerClass();
            Coverage.Benefits benefits = c.benefits();
            return new CoverageAnswer(
                    c.id(),
                    c.patientId(),
                    c.rank(),
                    c.payerCode(),
                    payerClass == null ? null : payerClass.code(),
                    c.plan(),
                    c.memberId(),
                    c.status().code(),
                    c.active(),
                    c.authorizationRequired(),
                    benefits == null ? null : BenefitsAnswer.of(benefits),
                    c.version());
        }
    }

    @GetMapping
    @Operation(
            summary = "Lists coverages, of one patient or of one status",
            description = "?status=unknown-payer is the list of coverages that wait for their payer to be entered.")
    Page<CoverageAnswer> list(
            @RequestParam(required = false) @Nullable String patientId,
            @RequestParam(required = false) @Pattern(regexp = "unknown-payer|on-file") @Nullable String status,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        Page<CoverageAnswer> page = Page.of(
                        find(patientId, status, Cursor.of(cursor).after(), Limit.of(size + 1)), size, Coverage::id)
                .map(CoverageAnswer::of);
        audit.readList(
                "list-coverages",
                page.items().stream().map(CoverageAnswer::patientId).toList());
        return page;
    }

    @GetMapping("/{id}")
    @Operation(summary = "One coverage", description = "ETag: the coverage's version.")
    ResponseEntity<CoverageAnswer> get(@PathVariable String id) {
        Coverage coverage = coverages.forBillingOffice(id).orElseThrow(() -> new NotFound("coverage", id));
        audit.read("read-coverage", "coverage/" + id, coverage.patientId());
        return answer(coverage);
    }

    @PutMapping("/{id}/benefits")
    @Operation(
            summary = "Notes what the payer says that it covers",
            description =
                    "If-Match: the coverage's version. 409 payer-known until the payer is entered; 422 checked-on-not-future.")
    ResponseEntity<CoverageAnswer> checkBenefits(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody BenefitsRequest request) {
        return answer(file.check(id, ifMatch, request.benefits()));
    }

    private List<Coverage> find(@Nullable String patientId, @Nullable String statusCode, String after, Limit limit) {
        Coverage.Status status = statusCode == null
                ? null
                : statusCode.equals("on-file") ? Coverage.Status.ON_FILE : Coverage.Status.UNKNOWN_PAYER;
        if (patientId == null) {
            return status == null
                    ? coverages.findByIdGreaterThanOrderByIdAsc(after, limit)
                    : coverages.findByStatusAndIdGreaterThanOrderByIdAsc(status, after, limit);
        }
        return status == null
                ? coverages.findByPatientIdAndIdGreaterThanOrderByIdAsc(patientId, after, limit)
                : coverages.findByPatientIdAndStatusAndIdGreaterThanOrderByIdAsc(patientId, status, after, limit);
    }

    private static ResponseEntity<CoverageAnswer> answer(Coverage coverage) {
        return ResponseEntity.ok().eTag(Versions.etag(coverage.version())).body(CoverageAnswer.of(coverage));
    }
}
