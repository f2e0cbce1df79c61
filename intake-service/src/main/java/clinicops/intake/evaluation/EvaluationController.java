package clinicops.intake.evaluation;

import clinicops.chassis.NotFound;
import clinicops.chassis.Versions;
import clinicops.intake.patient.ClearanceKind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Evaluations", description = "What the two professionals find before they clear a patient")
class EvaluationController {
    private static final String WRITES = """
            A draft may leave anything open and is written over. If-Match takes the evaluation's own ETag, not needed for the
            first. Errors: 404 `not-found`; 409 `evaluation-signed` (amend it), `patient-merged`; 412, 428.""";

    private final Evaluations evaluations;

    EvaluationController(Evaluations evaluations) {
        this.evaluations = evaluations;
    }

    /** One evaluation. */
    @Schema(name = "Evaluation", description = "One evaluation: a draft until somebody signs it")
    record EvaluationView(
            String id,
            ClearanceKind kind,

            @Schema(description = "From 1, per patient and kind")
            int number,

            @Schema(description = "Id of the evaluation that this one amends") @Nullable
            String amends,

            @Schema(description = "Why it was amended") @Nullable
            String amendedBecause,

            @Schema(description = "Null for a medical one") @Nullable
            MentalHealthExam mentalHealth,

            @Schema(description = "Null for a mental-health one") @Nullable
            MedicalExam medical,

            @Schema(description = "Fields that a signature still lacks")
            List<String> open,

            String writtenBy,
            Instant writtenAt,

            @Schema(description = "Username; null while it is a draft") @Nullable
            String signedBy,

            @Nullable Instant signedAt,
            long version) {
        static EvaluationView of(Evaluation e) {
            var mental = e.mentalHealth();
            var medical = e.medical();
            return new EvaluationView(
                    e.id(),
                    e.kind(),
                    e.number(),
                    e.amends(),
                    e.amendedBecause(),
                    mental,
                    medical,
                    mental != null ? mental.open() : medical != null ? medical.open() : List.of(),
                    e.writtenBy(),
                    e.writtenAt(),
                    e.signedBy(),
                    e.signedAt(),
                    e.version());
        }
    }

    /** A patient's evaluations. */
    record EvaluationList(List<EvaluationView> items) {}

    /** Why a signed evaluation is amended. */
    record Amendment(@NotBlank @Size(max = 1000) String reason) {}

    @GetMapping("/api/patients/{id}/evaluations")
    @Operation(summary = "List evaluations", description = "The latest first. Errors: 404 `not-found`.")
    EvaluationList list(@PathVariable String id) {
        return new EvaluationList(
                evaluations.all(id).stream().map(EvaluationView::of).toList());
    }

    @GetMapping("/api/patients/{id}/evaluations/{kind}")
    @Operation(
            summary = "See the latest evaluation of a kind",
            description =
                    "A draft or a signed one, with its ETag. Errors: 404 `not-found`, also when there is none yet.")
    ResponseEntity<EvaluationView> latest(@PathVariable String id, @PathVariable String kind) {
        return answer(evaluations.latest(id, kind(kind)));
    }

    @PutMapping("/api/patients/{id}/evaluations/mental-health")
    @Operation(summary = "Write the mental-health evaluation", description = WRITES)
    ResponseEntity<EvaluationView> mentalHealth(
            @PathVariable String id,
            @Parameter(description = "The draft's ETag")
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch,
            @Valid @RequestBody MentalHealthExam exam) {
        return answer(evaluations.write(id, ClearanceKind.MENTAL_HEALTH, ifMatch, exam, null));
    }

    @PutMapping("/api/patients/{id}/evaluations/medical")
    @Operation(summary = "Write the medical evaluation", description = WRITES)
    ResponseEntity<EvaluationView> medical(
            @PathVariable String id,
            @Parameter(description = "The draft's ETag")
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch,
            @Valid @RequestBody MedicalExam exam) {
        return answer(evaluations.write(id, ClearanceKind.MEDICAL, ifMatch, null, exam));
    }

    @PostMapping("/api/patients/{id}/evaluations/{kind}/sign")
    @Operation(summary = "Sign an evaluation", description = """
                    It never changes from then on; who signed it and signs again changes nothing. The mental-health one by a therapist or prescriber, the medical one by a
                    prescriber. Errors: 404 `not-found`; 409 `evaluation-signed`, `patient-merged`; 412, 428; 422 `evaluation-incomplete` (names
                    what is open), `sign-by-prescriber`.""")
    ResponseEntity<EvaluationView> sign(
            @PathVariable String id,
            @PathVariable String kind,
            @Parameter(description = "The draft's ETag")
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch) {
        return answer(evaluations.sign(id, kind(kind), ifMatch));
    }

    @PostMapping("/api/patients/{id}/evaluations/{kind}/amend")
    @Operation(summary = "Amend a signed evaluation", description = """
                    Begins the next one as a draft with the same content; what was signed stays, and counts until the amendment
                    is signed. Errors: 404 `not-found`; 409 `evaluation-not-signed`, `patient-merged`; 412, 428.""")
    ResponseEntity<EvaluationView> amend(
            @PathVariable String id,
            @PathVariable String kind,
            @Parameter(description = "The signed evaluation's ETag")
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch,
            @Valid @RequestBody Amendment why) {
        return answer(evaluations.amend(id, kind(kind), ifMatch, why.reason().strip()));
    }

    private static ClearanceKind kind(String code) {
        return ClearanceKind.of(code).orElseThrow(() -> new NotFound("evaluation", code));
    }

    private static ResponseEntity<EvaluationView> answer(Evaluation evaluation) {
        return ResponseEntity.ok().eTag(Versions.etag(evaluation.version())).body(EvaluationView.of(evaluation));
    }
}
