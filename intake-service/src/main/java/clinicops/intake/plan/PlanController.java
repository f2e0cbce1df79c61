package clinicops.intake.plan;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.intake.consent.ConsentTexts;
import clinicops.intake.patient.PatientChanges;
import clinicops.intake.patient.PatientView;
import clinicops.intake.patient.Patients;
import clinicops.intake.patient.PlanTerms;
import clinicops.intake.patient.PlanTerms.Boosters;
import clinicops.intake.patient.Route;
import clinicops.intake.rulebook.RuleBook;
import clinicops.intake.workup.Workups;
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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
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
    private final Workups workups;
    private final Patients patients;
    private final PatientChanges changes;
    private final Audit audit;
    private final BusinessClock clock;

    PlanController(
            RuleBook book,
            ConsentTexts texts,
            Workups workups,
            Patients patients,
            PatientChanges changes,
            Audit audit,
            BusinessClock clock) {
        this.limits = book.read("plan-limits", PlanLimits.class);
        this.texts = texts;
        this.workups = workups;
        this.patients = patients;
        this.audit = audit;
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

            @Schema(description = "mg per kg of measured weight; null for a fixed dose")
            @Nullable
            @DecimalMin(value = "0", inclusive = false)
            @Digits(integer = 3, fraction = 2)
            BigDecimal doseLowMgPerKg,

            @Schema(description = "mg per kg of measured weight; null for a fixed dose")
            @Nullable
            @DecimalMin(value = "0", inclusive = false)
            @Digits(integer = 3, fraction = 2)
            BigDecimal doseHighMgPerKg,

            @Schema(
                    description =
                            "mg whatever the weight (esketamine: 56 or 84; tablets: of one); null for a dose by weight")
            @Nullable
            @DecimalMin(value = "0", inclusive = false)
            @Digits(integer = 4, fraction = 1)
            BigDecimal fixedDoseMg,

            @Schema(description = "In the clinic; 0 for tablets at home alone") @NotNull @Min(0) @Max(100)
            Integer sessions,

            @Schema(description = "Least days between two sessions") @NotNull @Min(0) @Max(365)
            Integer minGapDays,

            @Schema(description = "Most days between two sessions; null: only the course's length limits them")
            @Nullable
            @Min(1)
            @Max(365)
            Integer maxGapDays,

            @Schema(description = "Least days from the first session to the last") @NotNull @Min(0) @Max(365)
            Integer courseMinDays,

            @Schema(description = "Most days from the first session to the last") @NotNull @Min(0) @Max(365)
            Integer courseMaxDays,

            @Schema(description = "Who goes along with the patient, in the clinic or outside")
            @Nullable
            @Size(max = 200)
            String therapist,

            @Schema(description = "Null when no boosters are planned") @Nullable @Valid
            Boosters boosters) {

        PlanTerms terms(String monitoringProfile) {
            return new PlanTerms(
                    diagnosisCode,
                    drug.strip(),
                    route,
                    plain(doseLowMgPerKg),
                    plain(doseHighMgPerKg),
                    fixedDoseMg == null ? null : fixedDoseMg.stripTrailingZeros(),
                    sessions,
                    minGapDays,
                    maxGapDays,
                    courseMinDays,
                    courseMaxDays,
                    monitoringProfile,
                    therapist == null || therapist.isBlank() ? null : therapist.strip(),
                    boosters);
        }

        private static BigDecimal plain(@Nullable BigDecimal dose) {
            return dose == null ? BigDecimal.ZERO : dose.stripTrailingZeros();
        }
    }

    @PutMapping("/api/patients/{id}/plan")
    @Operation(summary = "Approve or revise the treatment plan", description = """
                    Needs both clearances and a consent to the drug and route under the text in force. Other terms are the next
                    revision; another drug or route is a new plan, and ends the one before; the same terms change nothing.
                    A plan by mouth is of tablets at home: `fixedDoseMg` is the strength of one, sessions, gap and course are 0.
                    Errors: 400 for values that are no plan at all; 404 `not-found`; 412, 428 once there is a plan; 422
                    `plan-unknown`, `dose-rule` (by weight or fixed, as the drug is), `dose-limit`, `dose-step`, `dose-range`,
                    `dose-cap` (mg at the measured weight), `weight-needed`, `gap-range`, `booster-limit`, `sessions-limit`, `gap-limit`, `course-range`,
                    `course-limit`, `course-fits`, `clearance-needed`, `consent-needed`, `consent-outdated`, `screening-needed`,
                    `patient-excluded`, `patient-declined`, `safety-review-open`.""")
    ResponseEntity<PatientView> approve(
            @PathVariable String id,
            @Parameter(description = "The patient's ETag; not needed for the first plan")
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch,
            @Valid @RequestBody PlanRequest request) {
        PlanTerms terms =
                request.terms(limits.of(request.drug().strip(), request.route()).monitoringProfile());
        limits.check(terms);
        String text = texts.versionInForce(terms.drug(), terms.route())
                .orElseThrow(
                        () -> new RuleViolation("consent-needed", "there is no consent text for this drug and route"));
        String prescriber = Caller.current().name();
        return PatientView.answer(changes.change(id, "approve-plan", null, patient -> {
            if (ifMatch != null || patient.plan() != null) {
                Versions.require(ifMatch, patient.version(), patient.resource());
            }
            if (terms.doseRule() == PlanTerms.DoseRule.MG_PER_KG && patient.screening() != null) {
                limits.checkCap(
                        terms,
                        workups.weightKg(patient)
                                .orElseThrow(() -> new RuleViolation("weight-needed", "the weight must be measured")));
            }
            return patient.approvePlan(Ids.next(), terms, text, limits.version(), prescriber, clock.instant());
        }));
    }

    /** Every plan that the patient had. */
    record PlanRevisions(
            @Schema(description = "The one in force first, then the former ones, the latest first")
            List<PatientView.PlanView> items) {}

    @GetMapping("/api/patients/{id}/plan/revisions")
    @Operation(
            summary = "List the revisions of the treatment plan",
            description =
                    "Former plans too: sessions keep the revision that they were given under. Errors: 404 `not-found`.")
    PlanRevisions revisions(@PathVariable String id) {
        var patient = patients.forStaff(id).orElseThrow(() -> new NotFound("patient", id));
        audit.read("list-plan-revisions", patient.resource(), id);
        var all = new ArrayList<>(patient.formerPlans());
        if (patient.plan() != null) {
            all.add(patient.plan());
        }
        return new PlanRevisions(
                all.reversed().stream().map(PatientView.PlanView::of).toList());
    }

    /**
     * What the clinic plans.
     *
     * @param source where the numbers come from
     */
    record PlanLimitsInForce(String version, String source, String approver, List<PlanLimits.Limits> plans) {}

    @GetMapping("/api/plan-limits")
    @Operation(
            summary = "Show the limits of plans",
            description =
                    "Per drug and route the usual values and the limits that a plan is checked against, with their source.")
    PlanLimitsInForce limits() {
        return new PlanLimitsInForce(limits.version(), limits.source(), limits.approver(), limits.plans());
    }
}
