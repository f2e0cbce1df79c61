package clinicops.intake.clearance;

import clinicops.intake.patient.ClearanceKind;
import clinicops.intake.patient.PatientView;
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
@Tag(name = "Clearances", description = "Two professionals' word that the patient may be treated")
class ClearanceController {
    private static final String DECIDES = """
            With both clearances the patient is `cleared` until the earlier one expires (90 days, see clearance-terms.json);
            `declined` is final. If-Match takes the patient's ETag. Errors: 404 `not-found`; 412, 428; 422 `screening-needed`,
            `patient-excluded`, `patient-declined`, `safety-review-open`, `reason-needed` (to decline), `findings-reviewed` (the
            medical clearance lacks a review), `finding-needs-no-review`, `review-by-prescriber`.""";

    private final ClearanceDesk desk;

    ClearanceController(ClearanceDesk desk) {
        this.desk = desk;
    }

    @PutMapping("/api/patients/{id}/clearances/mental-health")
    @Operation(summary = "Decide on the mental-health evaluation", description = DECIDES)
    ResponseEntity<PatientView> mentalHealth(
            @PathVariable String id,
            @Parameter(description = "The patient's ETag")
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch,
            @Valid @RequestBody ClearanceRequest request) {
        return PatientView.answer(desk.decide(id, ifMatch, ClearanceKind.MENTAL_HEALTH, request));
    }

    @PutMapping("/api/patients/{id}/clearances/medical")
    @Operation(summary = "Decide on the medical evaluation", description = DECIDES)
    ResponseEntity<PatientView> medical(
            @PathVariable String id,
            @Parameter(description = "The patient's ETag")
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch,
            @Valid @RequestBody ClearanceRequest request) {
        return PatientView.answer(desk.decide(id, ifMatch, ClearanceKind.MEDICAL, request));
    }
}
