package clinicops.intake.screening;

import clinicops.chassis.Audit;
import clinicops.chassis.Cursor;
import clinicops.chassis.NotFound;
import clinicops.chassis.Page;
import clinicops.intake.patient.ClearanceKind;
import clinicops.intake.patient.Finding;
import clinicops.intake.patient.Outcome;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(
        name = "Verdicts",
        description = "What the contraindication rules said of a patient, each time that the facts changed")
class VerdictController {
    /** Sorts after every id. */
    private static final String END = "~";

    private final VerdictHistory history;
    private final Judges judges;
    private final Audit audit;

    VerdictController(VerdictHistory history, Judges judges, Audit audit) {
        this.history = history;
        this.judges = judges;
        this.audit = audit;
    }

    /** One verdict. */
    @Schema(description = "What the rules said at one moment; `facts` only when one verdict is asked for")
    record VerdictView(
            String id,
            Instant at,
            @Schema(description = "Username, or `patient`") String by,

            @Schema(description = "What changed, for example `workup-recorded`")
            String because,

            String ruleSetVersion,
            String drugListVersion,
            Outcome outcome,
            List<Finding> findings,
            @Nullable Facts facts) {
        static VerdictView of(Verdict v, boolean withFacts) {
            return new VerdictView(
                    v.id(),
                    v.at(),
                    v.by(),
                    v.because(),
                    v.ruleSetVersion(),
                    v.drugListVersion(),
                    v.outcome(),
                    v.findings(),
                    withFacts ? v.facts() : null);
        }
    }

    /** A verdict judged once more. */
    record Replay(
            String verdictId,

            @Schema(description = "Version of the rules that judged again")
            String ruleSetVersion,

            @Schema(description = "True when the findings are those of the verdict")
            boolean same,

            Outcome outcome,
            List<Finding> findings) {}

    /** The rules that judge now. */
    record RuleSetView(String version, String source, String approver, LocalDate effectiveFrom, List<RuleView> rules) {}

    /** One of them. */
    record RuleView(
            String id,

            @Schema(description = "Condition in FEEL over the facts of a verdict")
            String when,

            Outcome outcome,

            @Schema(description = "Whether a prescriber may override an exclusion")
            boolean overridable,

            List<ClearanceKind> concerns,
            String source,

            @Schema(description = "P: published; K: practice to be confirmed")
            String mark,

            String reason,
            String reasonEs) {
        static RuleView of(RuleSet.Rule r) {
            return new RuleView(
                    r.id(),
                    r.when(),
                    r.outcome(),
                    r.overridable(),
                    r.concerns(),
                    r.source(),
                    r.mark(),
                    r.reason().en(),
                    r.reason().es());
        }
    }

    @GetMapping("/api/rules")
    @Operation(
            summary = "See the contraindication rules in use",
            description = "Conditions in FEEL, the language of the Decision Model and Notation standard.")
    RuleSetView rules() {
        var rules = judges.inUse().rules();
        return new RuleSetView(
                rules.version(),
                rules.source(),
                rules.approver(),
                rules.effectiveFrom(),
                rules.rules().stream().map(RuleView::of).toList());
    }

    @GetMapping("/api/patients/{id}/verdicts")
    @Operation(
            summary = "List a patient's verdicts",
            description =
                    "The newest first: one per change of an answer, drug, vital sign or result. Errors: 400 `limit`, `cursor`.")
    Page<VerdictView> list(
            @PathVariable String id,
            @Parameter(description = "1 to 200, default 50") @RequestParam(required = false) @Nullable Integer limit,
            @Parameter(description = "`nextCursor` of the page before") @RequestParam(required = false) @Nullable
                    String cursor) {
        int size = Cursor.limit(limit);
        String after = Cursor.of(cursor).after();
        var found = history.newestOf(id, after.isEmpty() ? END : after, Limit.of(size + 1));
        audit.read("list-verdicts", "patient/" + id, id);
        return Page.of(found, size, Verdict::id).map(v -> VerdictView.of(v, false));
    }

    @GetMapping("/api/patients/{id}/verdicts/{verdictId}")
    @Operation(summary = "See one verdict", description = "With all facts as they stood then. Errors: 404 `not-found`.")
    VerdictView read(@PathVariable String id, @PathVariable String verdictId) {
        return VerdictView.of(found(id, verdictId), true);
    }

    @GetMapping("/api/patients/{id}/verdicts/{verdictId}/replay")
    @Operation(summary = "Judge a verdict's facts again", description = """
                    Under the rules of that day, or, with `inUse=true`, under those of today; changes nothing.
                    Errors: 400 `inUse`; 404 `not-found`.""")
    Replay replay(
            @PathVariable String id,
            @PathVariable String verdictId,
            @Parameter(description = "True: under the rules of today") @RequestParam(required = false) @Nullable
                    Boolean inUse) {
        Verdict verdict = found(id, verdictId);
        Judge judge = Boolean.TRUE.equals(inUse) ? judges.inUse() : judges.of(verdict.ruleSetVersion());
        var findings = judge.judge(verdict.facts());
        return new Replay(
                verdictId, judge.version(), findings.equals(verdict.findings()), Verdicts.gravest(findings), findings);
    }

    private Verdict found(String patientId, String verdictId) {
        Verdict verdict = history.ofPatient(patientId, verdictId).orElseThrow(() -> new NotFound("verdict", verdictId));
        audit.read("read-verdict", "patient/" + patientId, patientId);
        return verdict;
    }
}
