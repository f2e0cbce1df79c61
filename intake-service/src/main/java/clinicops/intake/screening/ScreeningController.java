package clinicops.intake.screening;

import clinicops.chassis.Versions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Screening", description = "Instruments, history, and the rules that judge them")
class ScreeningController {
    private final PatientScreening screening;

    ScreeningController(PatientScreening screening) {
        this.screening = screening;
    }

    @PutMapping("/api/patients/{id}/screening")
    @Operation(summary = "Record a screening", description = """
                    Scores PHQ-9 and the C-SSRS screener and runs the contraindication rules. The patient becomes `screened`,
                    `needs-review`, `excluded`, or, with high suicide risk, `awaiting-safety-review` with a safety alert. A later
                    screening replaces the one before and makes clearances lapse.
                    Errors: 400 for answers that are missing or out of range; 404 `not-found`; 409 `patient-declined`,
                    `safety-alert-open` (acknowledge the alert first); 412 and 428 for a screening after the first; 422
                    `c-ssrs-needed`, `c-ssrs-incomplete`, `c-ssrs-contradiction`, `blood-pressure-order`.""")
    ResponseEntity<ScreeningAnswer> screen(
            @PathVariable String id,
            @Parameter(description = "The patient's ETag; not needed for the first screening")
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch,
            @Valid @RequestBody ScreeningRequest request) {
        ScreeningAnswer answer = screening.record(id, ifMatch, request);
        return ResponseEntity.ok().eTag(Versions.etag(answer.version())).body(answer);
    }
}
