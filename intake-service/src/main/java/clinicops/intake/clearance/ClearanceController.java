package clinicops.intake.clearance;

import clinicops.chassis.NotFound;
import clinicops.intake.patient.ClearanceKind;
import clinicops.intake.patient.PatientView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
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
            medical clearance lacks a review), `finding-needs-no-review`, `review-by-prescriber`, `evaluation-needed` (no
            evaluation of that kind was signed in the last 90 days), `evaluation-advises-against`, `workup-missing` (the medical
            clearance; names what is lacking), `override-by-prescriber`.""";

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

    /** Why. */
    record Reason(
            @Schema(description = "Stays in intake") @NotBlank @Size(max = 1000)
            String reason) {}

    @PostMapping("/api/patients/{id}/clearances/{kind}/revoke")
    @Operation(summary = "Take a clearance back", description = """
                    Booking and dosing stop at once. The mental-health clearance by a therapist or prescriber, the medical one by
                    a prescriber. Errors: 404 `not-found`; 409 `clearance-not-there`; 412, 428; 422 `revoke-by-prescriber`.""")
    ResponseEntity<PatientView> revoke(
            @PathVariable String id,
            @PathVariable String kind,
            @Parameter(description = "The patient's ETag")
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch,
            @Valid @RequestBody Reason why) {
        ClearanceKind of = ClearanceKind.of(kind).orElseThrow(() -> new NotFound("clearance", kind));
        return PatientView.answer(desk.revoke(id, ifMatch, of, why.reason().strip()));
    }

    @PutMapping("/api/patients/{id}/findings/{rule}/override")
    @Operation(summary = "Go on in spite of a rule that excludes", description = """
                    Only where the finding says `clearableBy: prescriber`. With no other exclusion left the patient is
                    `needs-review`. Errors: 404 `not-found`; 412, 428; 422 `finding-excludes-not`, `finding-not-overridable`,
                    `screening-needed`, `patient-declined`, `safety-review-open`.""")
    ResponseEntity<PatientView> override(
            @PathVariable String id,
            @PathVariable String rule,
            @Parameter(description = "The patient's ETag")
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch,
            @Valid @RequestBody Reason why) {
        return PatientView.answer(desk.override(id, ifMatch, rule, why.reason().strip()));
    }
}
