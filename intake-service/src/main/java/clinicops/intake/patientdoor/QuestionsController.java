package clinicops.intake.patientdoor;

import clinicops.chassis.Versions;
import clinicops.intake.instrument.AnswersRequest;
import clinicops.intake.instrument.Assessment;
import clinicops.intake.instrument.AssessmentView;
import clinicops.intake.instrument.Instrument;
import clinicops.intake.instrument.InstrumentEngine;
import clinicops.intake.instrument.InstrumentText;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** A patient answers instruments; no path names a patient, since the token of the link does. */
@RestController
@Tag(
        name = "Patients' door",
        description =
                "What patients fill in by a link, with the token that the front door gave for it; below /patient/api there. "
                        + "Errors of all: 401 without it, 403 `role` for what another purpose opens, 404 `not-found` for what the link "
                        + "is not for, 409 `link-over` once it is revoked or expired, and for writing once it is finished.")
class QuestionsController {
    private final PatientVisits visits;
    private final Questions questions;
    private final InstrumentEngine instruments;

    QuestionsController(PatientVisits visits, Questions questions, InstrumentEngine instruments) {
        this.visits = visits;
        this.questions = questions;
        this.instruments = instruments;
    }

    @Schema(name = "PatientVisit")
    record VisitView(
            LinkPurpose purpose,
            @Nullable String instrument,

            @Schema(description = "How to address the patient")
            String givenName,

            Instant expiresAt,
            @Nullable Instant finishedAt) {
        static VisitView of(PatientVisits.Visit visit) {
            PatientLink link = visit.link();
            return new VisitView(
                    link.purpose(), link.instrument(), visit.givenName(), link.expiresAt(), link.finishedAt());
        }
    }

    /** One instrument as a patient sees it: what is asked and what they answered; no score. */
    record PatientAssessment(
            String id,
            String instrument,
            InstrumentText title,

            @Schema(description = "The days that the answers are about; 0 is this moment")
            int lookBackDays,

            List<PatientQuestion> items,

            @Schema(description = "Items that are not asked after certain answers")
            List<Instrument.Skip> skips,

            @Schema(description = "Code of the answer by item")
            Map<String, String> answers,

            @Schema(description = "Items that must still be answered, in their order")
            List<String> missing,

            Assessment.Status status,

            @Schema(description = "Numbers to show at once; none unless an answer shows danger")
            List<String> crisisLines,

            @Schema(description = "Assessments that its answers asked for, to be filled in next")
            List<String> opened,

            @Schema(description = "As in the ETag; send it in If-Match with the next answers")
            long version) {}

    record PatientQuestion(String id, InstrumentText text, boolean required, List<PatientChoice> choices) {}

    record PatientChoice(String code, InstrumentText text) {}

    record PatientAssessments(List<PatientAssessment> items) {}

    @GetMapping("/patient/assessments")
    @Operation(
            operationId = "listAssessmentsByLink",
            summary = "What is asked",
            description = "The instrument that the link was given for, then those that its answers opened.")
    ResponseEntity<PatientAssessments> assessments(@AuthenticationPrincipal Jwt token) {
        return unkept().body(new PatientAssessments(
                questions.all(token).stream().map(this::view).toList()));
    }

    @GetMapping("/patient/assessments/{assessmentId}")
    @Operation(operationId = "getAssessmentByLink", summary = "One instrument, and its answers so far")
    ResponseEntity<PatientAssessment> assessment(
            @AuthenticationPrincipal Jwt token, @PathVariable String assessmentId) {
        return answer(questions.one(token, assessmentId));
    }

    @PutMapping("/patient/assessments/{assessmentId}")
    @Operation(operationId = "answerByLink", summary = "Give answers", description = """
                    Those that are not named stay; with `complete` it is scored and can't be changed again. The last of all that is
                    asked finishes the link. Errors: 409 `assessment-completed`; 412, 428; 422 `item-unknown`, `answer-unknown`,
                    `answer-contradiction`, `assessment-incomplete`.""")
    ResponseEntity<PatientAssessment> answer(
            @AuthenticationPrincipal Jwt token,
            @PathVariable String assessmentId,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody AnswersRequest request) {
        return answer(questions.answer(token, assessmentId, ifMatch, request));
    }

    private ResponseEntity<PatientAssessment> answer(AssessmentView assessment) {
        return unkept().eTag(Versions.etag(assessment.version())).body(view(assessment));
    }

    private PatientAssessment view(AssessmentView given) {
        Instrument asked =
                instruments.of(given.instrument(), given.instrumentVersion()).orElseThrow();
        return new PatientAssessment(
                given.id(),
                given.instrument(),
                asked.title(),
                asked.lookBackDays(),
                asked.items().stream()
                        .map(item -> new PatientQuestion(
                                item.id(),
                                item.text(),
                                item.required(),
                                asked.choicesOf(item).stream()
                                        .map(choice -> new PatientChoice(choice.code(), choice.text()))
                                        .toList()))
                        .toList(),
                asked.skips(),
                given.answers(),
                given.missing(),
                given.status(),
                given.crisisLines(),
                given.opened().stream().map(Assessment.Opened::assessmentId).toList(),
                given.version());
    }

    @GetMapping("/patient/visit")
    @Operation(operationId = "getVisit", summary = "What the link is for")
    ResponseEntity<VisitView> visit(@AuthenticationPrincipal Jwt token) {
        return unkept().body(VisitView.of(visits.arrive(token)));
    }

    private static ResponseEntity.BodyBuilder unkept() {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore());
    }
}
