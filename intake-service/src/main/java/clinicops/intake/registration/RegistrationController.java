package clinicops.intake.registration;

import clinicops.chassis.Caller;
import clinicops.intake.registration.Section.AllergiesSection;
import clinicops.intake.registration.Section.ContactSection;
import clinicops.intake.registration.Section.CoverageSection;
import clinicops.intake.registration.Section.DemographicsSection;
import clinicops.intake.registration.Section.DrugsSection;
import clinicops.intake.registration.Section.EmergencyContactSection;
import clinicops.intake.registration.Section.HistorySection;
import clinicops.intake.registration.Section.PreviousTreatmentsSection;
import clinicops.intake.registration.Section.TherapistSection;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
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
@Tag(
        name = "Registration",
        description =
                "Filled section by section, by staff or by the patient. Each PUT replaces one section and answers the whole. Errors of all: 404 `not-found`; 409 `patient-merged`; 412, 428 once anything was filled.")
class RegistrationController {
    private static final String ETAG = "The registration's ETag; not needed while nothing was ever filled";

    private final RegistrationDesk desk;

    RegistrationController(RegistrationDesk desk) {
        this.desk = desk;
    }

    @GetMapping("/api/patients/{id}/registration")
    @Operation(
            summary = "Show a registration",
            description =
                    "With what is complete, partial or missing, and who filled it. Carries the registration's own version as ETag. Errors: 404 `not-found`.")
    ResponseEntity<RegistrationView> show(@PathVariable String id) {
        return desk.show(id).answer();
    }

    @PutMapping("/api/patients/{id}/registration/demographics")
    @Operation(
            summary = "Who the patient is",
            description =
                    "Names and birth date become the patient's in the same transaction. Errors: 422 `in-the-future`, `too-long-ago`.")
    ResponseEntity<RegistrationView> demographics(
            @PathVariable String id,
            @Parameter(description = ETAG) @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable
                    String ifMatch,
            @Valid @RequestBody DemographicsSection section) {
        return fill(id, ifMatch, section);
    }

    @PutMapping("/api/patients/{id}/registration/contact")
    @Operation(
            summary = "How to reach the patient",
            description =
                    "Becomes the patient's contact in the same transaction. Errors: 422 `email`, `phone`, `unknown-zone`, `needed-for-email-ok`, `needed-for-sms-ok`.")
    ResponseEntity<RegistrationView> contact(
            @PathVariable String id,
            @Parameter(description = ETAG) @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable
                    String ifMatch,
            @Valid @RequestBody ContactSection section) {
        return fill(id, ifMatch, section);
    }

    @PutMapping("/api/patients/{id}/registration/emergency-contact")
    @Operation(summary = "Whom to call for the patient", description = "Errors: 422 `phone`.")
    ResponseEntity<RegistrationView> emergencyContact(
            @PathVariable String id,
            @Parameter(description = ETAG) @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable
                    String ifMatch,
            @Valid @RequestBody EmergencyContactSection section) {
        return fill(id, ifMatch, section);
    }

    @PutMapping("/api/patients/{id}/registration/therapist")
    @Operation(
            summary = "Who treats the patient with talking therapy",
            description = "Errors: 422 `phone`, `therapist-name-needed`.")
    ResponseEntity<RegistrationView> therapist(
            @PathVariable String id,
            @Parameter(description = ETAG) @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable
                    String ifMatch,
            @Valid @RequestBody TherapistSection section) {
        return fill(id, ifMatch, section);
    }

    @PutMapping("/api/patients/{id}/registration/history")
    @Operation(summary = "What the patient has or had", description = "The rules run again.")
    ResponseEntity<RegistrationView> history(
            @PathVariable String id,
            @Parameter(description = ETAG) @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable
                    String ifMatch,
            @Valid @RequestBody HistorySection section) {
        return fill(id, ifMatch, section);
    }

    @PutMapping("/api/patients/{id}/registration/drugs")
    @Operation(
            summary = "What the patient takes now",
            description = "The rules run again. Errors: 422 `in-the-future`, `too-long-ago`.")
    ResponseEntity<RegistrationView> drugs(
            @PathVariable String id,
            @Parameter(description = ETAG) @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable
                    String ifMatch,
            @Valid @RequestBody DrugsSection section) {
        return fill(id, ifMatch, section);
    }

    @PutMapping("/api/patients/{id}/registration/allergies")
    @Operation(summary = "What the patient can't bear", description = "The rules run again.")
    ResponseEntity<RegistrationView> allergies(
            @PathVariable String id,
            @Parameter(description = ETAG) @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable
                    String ifMatch,
            @Valid @RequestBody AllergiesSection section) {
        return fill(id, ifMatch, section);
    }

    @PutMapping("/api/patients/{id}/registration/previous-treatments")
    @Operation(summary = "What was tried before", description = "The rules run again.")
    ResponseEntity<RegistrationView> previousTreatments(
            @PathVariable String id,
            @Parameter(description = ETAG) @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable
                    String ifMatch,
            @Valid @RequestBody PreviousTreatmentsSection section) {
        return fill(id, ifMatch, section);
    }

    @PutMapping("/api/patients/{id}/registration/coverage")
    @Operation(
            summary = "What stands on the insurance cards",
            description =
                    "The member id goes to billing and is never answered. Errors: 422 `rank-twice`, `member-id-needed`.")
    ResponseEntity<RegistrationView> coverage(
            @PathVariable String id,
            @Parameter(description = ETAG) @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable
                    String ifMatch,
            @Valid @RequestBody CoverageSection section) {
        return fill(id, ifMatch, section);
    }

    private ResponseEntity<RegistrationView> fill(String id, @Nullable String ifMatch, Section section) {
        return desk.fill(id, ifMatch, section, Caller.current().name()).answer();
    }
}
