package clinicops.intake.instrument;

import clinicops.chassis.Audit;
import clinicops.chassis.Caller;
import clinicops.chassis.Commands;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.intake.instrument.InstrumentView.ScaleView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Assessments", description = "Instruments put to a patient: answers, scores, trends")
class AssessmentController {
    private static final String RULES = """
            422 `item-unknown`, `answer-unknown`, `answer-contradiction` (a finding on an item that an earlier answer passes over), \
            `assessment-incomplete` (each with the field `answers.<item>`).""";

    private final Assessments assessments;
    private final InstrumentEngine engine;
    private final QuestionnaireForm form;
    private final Commands commands;
    private final Audit audit;

    AssessmentController(
            Assessments assessments, InstrumentEngine engine, QuestionnaireForm form, Commands commands, Audit audit) {
        this.assessments = assessments;
        this.engine = engine;
        this.form = form;
        this.commands = commands;
        this.audit = audit;
    }

    record AssessmentList(List<AssessmentView> items, List<Trend> trend) {}

    @Schema(description = "The values of one scale, oldest first; range, bands and cuts of the version in use")
    record Trend(String instrument, InstrumentText title, ScaleView scale, List<TrendPoint> points) {}

    record TrendPoint(
            String assessmentId,
            Instant at,
            BigDecimal value,
            @Nullable String band,
            List<String> cuts,
            String version) {}

    @PostMapping(value = "/api/patients/{id}/assessments", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Put an instrument to a patient", description = """
                    As JSON: answers by item, all of them or as many as there are; one that waits for answers is gone on with. What
                    the answers set off happens at once, even when they are a part: PHQ-9 item 9 opens the C-SSRS screener, a
                    positive AUDIT-C opens AUDIT, high risk raises a safety alert. Completing runs the contraindication rules again.
                    As application/fhir+json: a FHIR R4 QuestionnaireResponse of one of the clinic's questionnaires (by its
                    `urn:clinicops:instrument:{id}`, or its LOINC canonical), items by linkId or LOINC code, answers by code, LOINC
                    answer code, number or boolean; `completed` and `amended` are scored, `in-progress` is kept as a part.
                    Takes an Idempotency-Key. Errors: 404 `not-found`; 409 `patient-merged`; 422 `instrument-unknown`, `mode`, `session-id`,
                    `questionnaire-unknown`, `questionnaire-status`, `item-repeated`, `subject`, `fhir`; """ + RULES)
    ResponseEntity<AssessmentView> start(
            @PathVariable String id,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody StartAssessment request) {
        if (request.mode() == Assessment.Mode.IMPORT) {
            throw new RuleViolation("mode", "staff, link or session").withField("mode");
        }
        return created(commands.once(
                key,
                List.of(id, request),
                AssessmentView.class,
                () -> assessments.start(id, request, Caller.current().name())));
    }

    @PostMapping(value = "/api/patients/{id}/assessments", consumes = QuestionnaireForm.FHIR_JSON)
    @Operation(hidden = true)
    ResponseEntity<AssessmentView> take(
            @PathVariable String id,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody String questionnaireResponse) {
        SentAnswers sent = form.read(questionnaireResponse, Set.of(id, "Patient/" + id));
        return created(commands.once(
                key,
                List.of(id, questionnaireResponse),
                AssessmentView.class,
                () -> assessments.take(id, sent, Caller.current().name())));
    }

    @PutMapping("/api/patients/{id}/assessments/{assessmentId}")
    @Operation(
            summary = "Add answers",
            description = "Partial answers are kept; items that are not named stay. Errors: 404 `not-found`; 409 "
                    + "`assessment-completed`; 412, 428; " + RULES)
    ResponseEntity<AssessmentView> answer(
            @PathVariable String id,
            @PathVariable String assessmentId,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody AnswersRequest request) {
        return tagged(assessments.answer(
                id, assessmentId, ifMatch, request, Caller.current().name()));
    }

    @GetMapping("/api/patients/{id}/assessments")
    @Operation(
            summary = "List a patient's assessments, with the trend of each scale",
            description = "Oldest first. Audited as one row. Errors: 404 `not-found`; 422 `instrument-unknown`.")
    AssessmentList list(
            @PathVariable String id,
            @Parameter(description = "Only this instrument") @RequestParam(required = false) @Nullable
                    String instrument) {
        if (instrument != null && engine.current(instrument).isEmpty()) {
            throw InstrumentEngine.unknown("instrument");
        }
        var found = assessments.of(id, instrument);
        audit.readList("list-assessments", List.of(id));
        return new AssessmentList(found.stream().map(assessments::view).toList(), trend(found));
    }

    @GetMapping("/api/patients/{id}/assessments/{assessmentId}")
    @Operation(summary = "Show one assessment", description = "Carries its version as ETag. Errors: 404 `not-found`.")
    ResponseEntity<AssessmentView> show(@PathVariable String id, @PathVariable String assessmentId) {
        AssessmentView view = assessments.read(id, assessmentId);
        audit.read("read-assessment", "assessment/" + assessmentId, id);
        return tagged(view);
    }

    @GetMapping(
            value = "/api/patients/{id}/assessments/{assessmentId}/questionnaire-response",
            produces = QuestionnaireForm.FHIR_JSON)
    @Operation(
            summary = "Show one assessment as a FHIR R4 QuestionnaireResponse",
            description = "Errors: 404 `not-found`.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            content =
                                    @Content(
                                            mediaType = QuestionnaireForm.FHIR_JSON,
                                            schema =
                                                    @Schema(
                                                            type = "object",
                                                            description = "FHIR R4 QuestionnaireResponse"))))
    String response(@PathVariable String id, @PathVariable String assessmentId) {
        Assessment assessment = assessments.assessment(id, assessmentId);
        audit.read("read-assessment", assessment.resource(), id);
        return form.response(assessment, assessments.instrument(assessment));
    }

    private List<Trend> trend(List<Assessment> all) {
        var completed = all.stream()
                .filter(assessment -> assessment.status() == Assessment.Status.COMPLETED)
                .sorted(Comparator.comparing(Assessment::completion).thenComparing(Assessment::id))
                .toList();
        var trends = new ArrayList<Trend>();
        for (Instrument instrument : engine.all()) {
            for (Scale scale : instrument.scales()) {
                var points = completed.stream()
                        .filter(assessment -> assessment.instrument().equals(instrument.id()))
                        .flatMap(assessment -> assessment.scores().stream()
                                .filter(score -> score.scale().equals(scale.id()))
                                .map(score -> new TrendPoint(
                                        assessment.id(),
                                        assessment.completion(),
                                        score.value(),
                                        score.band(),
                                        score.cuts(),
                                        score.version())))
                        .toList();
                if (!points.isEmpty()) {
                    trends.add(new Trend(instrument.id(), instrument.title(), ScaleView.of(scale, instrument), points));
                }
            }
        }
        return trends;
    }

    private static ResponseEntity<AssessmentView> created(AssessmentView view) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .eTag(Versions.etag(view.version()))
                .body(view);
    }

    private static ResponseEntity<AssessmentView> tagged(AssessmentView view) {
        return ResponseEntity.ok().eTag(Versions.etag(view.version())).body(view);
    }
}
