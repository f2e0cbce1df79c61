package clinicops.intake.plan;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.intake.consent.ConsentTexts;
import clinicops.intake.patient.PatientChanges;
import clinicops.intake.patient.PatientView;
import clinicops.intake.patient.PlanTerms;
import clinicops.intake.patient.Route;
import clinicops.intake.rulebook.RuleBook;
import clinicops.outbox.Ids;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Treatment plans", description = "What a prescriber orders for the course")
class PlanController {
    private static final String ICD_10_CM = "[A-Z][0-9][0-9A-Z](\\.[0-9A-Z]{1,4})?";

    private final PlanLimits limits;
    private final ConsentTexts texts;
    private final PatientChanges changes;
    private final BusinessClock clock;

    PlanController(RuleBook book, ConsentTexts texts, PatientChanges changes, BusinessClock clock) {
        this.limits = book.read("plan-limits", PlanLimits.class);
        this.texts = texts;
        this.changes = changes;
        this.clock = clock;
    }

    /** What the prescriber orders; limits per drug and route stand in plan-limits.json. */
    record PlanRequest(
            @Schema(description = "ICD-10-CM", example = "F33.2") @NotNull @Pattern(regexp = ICD_10_CM)
            String diagnosisCode,

            @Schema(description = "For example ketamine") @NotBlank @Size(max = 50)
            String drug,

            @NotNull Route route,

            @Schema(description = "mg per kg of measured weight")
            @NotNull
            @DecimalMin(value = "0", inclusive = false)
            @Digits(integer = 3, fraction = 2)
            BigDecimal doseLowMgPerKg,

            @Schema(description = "mg per kg of measured weight")
            @NotNull
            @DecimalMin(value = "0", inclusive = false)
            @Digits(integer = 3, fraction = 2)
            BigDecimal doseHighMgPerKg,

            @NotNull @Min(1) @Max(100) Integer sessions,

            @Schema(description = "Least days between two sessions") @NotNull @Min(0) @Max(365)
            Integer minGapDays,

            @Schema(description = "Least days from the first session to the last") @NotNull @Min(0) @Max(365)
            Integer courseMinDays,

            @Schema(description = "Most days from the first session to the last") @NotNull @Min(0) @Max(365)
            Integer courseMaxDays) {

        PlanTerms terms() {
            return new PlanTerms(
                    diagnosisCode,
                    drug.strip(),
                    route,
                    doseLowMgPerKg.stripTrailingZeros(),
                    doseHighMgPerKg.stripTrailingZeros(),
                    sessions,
                    minGapDays,
                    courseMinDays,
                    courseMaxDays);
        }
    }

    @PutMapping("/api/patients/{id}/plan")
    @Operation(summary = "Approve or revise the treatment plan", description = """
                    Needs both clearances and a consent to the drug and route under the text in force. Other terms are the next
                    revision; another drug or route is a new plan, and ends the one before; the same terms change nothing.
                    Errors: 400 for values that are no plan at all; 404 `not-found`; 412, 428 once there is a plan; 422
                    `plan-unknown`, `dose-limit`, `dose-step`, `dose-range`, `sessions-limit`, `gap-limit`, `course-range`,
                    `course-limit`, `course-fits`, `clearance-needed`, `consent-needed`, `consent-outdated`, `screening-needed`,
                    `patient-excluded`, `patient-declined`, `safety-review-open`.""")
    ResponseEntity<PatientView> approve(
            @PathVariable String id,
            @Parameter(description = "The patient's ETag; not needed for the first plan")
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch,
            @Valid @RequestBody PlanRequest request) {
        PlanTerms terms = request.terms();
        limits.check(terms);
        String text = texts.versionInForce(terms.drug(), terms.route())
                .orElseThrow(
                        () -> new RuleViolation("consent-needed", "there is no consent text for this drug and route"));
        String prescriber = Caller.current().name();
        return PatientView.answer(changes.change(id, "approve-plan", null, patient -> {
            if (ifMatch != null || patient.plan() != null) {
                Versions.require(ifMatch, patient.version(), patient.resource());
            }
            return patient.approvePlan(Ids.next(), terms, text, limits.version(), prescriber, clock.instant());
        }));
    }
}
