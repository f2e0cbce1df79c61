package clinicops.intake.worklist;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Cursor;
import clinicops.chassis.Page;
import clinicops.chassis.RuleViolation;
import clinicops.intake.patient.Indication;
import clinicops.intake.patient.PatientStatus;
import clinicops.intake.patient.Search;
import clinicops.intake.patient.Urgency;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Work-list", description = "Whom intake has to do something for, and what")
class WorkListController {
    private final WorkList list;
    private final Audit audit;
    private final BusinessClock clock;

    WorkListController(WorkList list, Audit audit, BusinessClock clock) {
        this.list = list;
        this.audit = audit;
        this.clock = clock;
    }

    /** One patient of the work-list. */
    @Schema(description = "One patient of the work-list")
    record WorkItem(
            String patientId,
            String givenName,
            String familyName,
            @Schema(description = "ISO date") LocalDate birthDate,
            PatientStatus status,
            Stage stage,
            Urgency urgency,
            Indication indication,

            @Schema(description = "Something about the patient's safety is unresolved")
            boolean safetyFlag,

            @Schema(description = "Since when in this stage")
            Instant waitingSince,

            @Schema(description = "In the order in which it is usually done")
            List<Missing> missing,

            @Schema(
                    description = "What to do next",
                    allowableValues = {
                        "take-screening",
                        "review-safety",
                        "review-findings",
                        "give-clearances",
                        "sign-consent",
                        "approve-plan",
                        "book-course"
                    })
            String nextAction) {
        static WorkItem of(WorkRow row) {
            return new WorkItem(
                    row.patientId(),
                    row.givenName(),
                    row.familyName(),
                    row.birthDate(),
                    row.status(),
                    row.stage(),
                    row.urgency(),
                    row.indication(),
                    row.safetyFlag(),
                    row.waitingSince(),
                    row.missing().stream().sorted().toList(),
                    (row.safetyFlag() ? Stage.SAFETY_REVIEW : row.stage()).nextAction());
        }
    }

    @GetMapping("/api/worklist")
    @Operation(summary = "Show the work-list", description = """
                    Whom safety concerns first, then the urgent, then who has waited longest in their stage. Filters narrow
                    together. Who is ready for booking is left out unless `stage=ready`; who was refused or merged has no row.
                    Audited as one row. Errors: 400 `stage`, `missing`, `urgency`, `q`, `limit` or `cursor` when that parameter is
                    not sound.""")
    Page<WorkItem> list(
            @Parameter(description = "screening, safety-review, findings, clearance, consent, plan or ready")
                    @RequestParam(required = false)
                    @Nullable
                    String stage,
            @Parameter(
                            description =
                                    "paperwork, phq-9, c-ssrs, workup, mental-health-evaluation, medical-evaluation, finding-review, mental-health-clearance, medical-clearance, consent or plan")
                    @RequestParam(required = false)
                    @Nullable
                    String missing,
            @Parameter(description = "routine or urgent") @RequestParam(required = false) @Nullable String urgency,
            @Parameter(description = "Only whom an open safety concern is about")
                    @RequestParam(required = false, defaultValue = "false")
                    boolean safety,
            @Parameter(description = "Name, birth date or phone, as in the list of patients")
                    @RequestParam(required = false)
                    @Nullable
                    String q,
            @Parameter(description = "1 to 200, default 50") @RequestParam(required = false) @Nullable Integer limit,
            @Parameter(description = "`nextCursor` of the page before") @RequestParam(required = false) @Nullable
                    String cursor) {
        var filter = new WorkList.Filter(
                code("stage", stage, Stage::of),
                code("missing", missing, Missing::of),
                code("urgency", urgency, Urgency::of),
                safety,
                q == null ? null : Search.of(q, clock.today()));
        var page = list.page(filter, Cursor.of(cursor), Cursor.limit(limit));
        audit.readList(
                "list-work", page.items().stream().map(WorkRow::patientId).toList());
        return page.map(WorkItem::of);
    }

    /** How long the work-list is under each of its tabs. */
    record WorkCounts(List<WorkList.WorkCount> items) {}

    @GetMapping("/api/worklist/counts")
    @Operation(summary = "Count the work-list", description = """
                    By stage, urgency and safety flag, to be added up for whatever is chosen of these; what nobody has is left out.
                    To do is whoever is not `ready`, or has the flag. Names nobody; audited as one row.""")
    WorkCounts counts() {
        audit.readList("count-work", List.of());
        return new WorkCounts(list.counts());
    }

    private static <T> @Nullable T code(String name, @Nullable String code, Function<String, Optional<T>> of) {
        return code == null
                ? null
                : of.apply(code).orElseThrow(() -> RuleViolation.malformed(name, "no such " + name)
                        .withField(name));
    }
}
