package clinicops.intake.patientdoor;

import clinicops.chassis.Versions;
import clinicops.intake.patientdoor.QuestionsController.VisitView;
import clinicops.intake.registration.RegistrationView;
import clinicops.intake.registration.RegistrationView.SectionState;
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
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** A patient fills in the registration; no path names a patient, since the token of the link does. */
@RestController
@Tag(name = "Patients' door")
class PaperworkController {
    private static final String WRITING =
            "In place of what was there. Errors: 412, 428 once anything was filled, with the registration's ETag.";

    /** Who filled a section, as far as a patient need know. */
    private static final String CLINIC = "clinic";

    private final Paperwork paperwork;

    PaperworkController(Paperwork paperwork) {
        this.paperwork = paperwork;
    }

    @GetMapping("/patient/registration")
    @Operation(operationId = "getRegistrationByLink", summary = "What is filled in so far")
    ResponseEntity<RegistrationView> registration(@AuthenticationPrincipal Jwt token) {
        return answer(paperwork.registration(token));
    }

    @PutMapping("/patient/registration/demographics")
    @Operation(
            operationId = "fillDemographicsByLink",
            summary = "Who the patient is",
            description = WRITING + " 422 `in-the-future`, `too-long-ago`.")
    ResponseEntity<RegistrationView> fillDemographics(
            @AuthenticationPrincipal Jwt token,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody DemographicsSection section) {
        return answer(paperwork.fill(token, ifMatch, section));
    }

    @PutMapping("/patient/registration/contact")
    @Operation(
            operationId = "fillContactByLink",
            summary = "How to reach the patient",
            description =
                    WRITING + " 422 `email`, `phone`, `unknown-zone`, `needed-for-email-ok`, `needed-for-sms-ok`.")
    ResponseEntity<RegistrationView> fillContact(
            @AuthenticationPrincipal Jwt token,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody ContactSection section) {
        return answer(paperwork.fill(token, ifMatch, section));
    }

    @PutMapping("/patient/registration/emergency-contact")
    @Operation(
            operationId = "fillEmergencyContactByLink",
            summary = "Whom to call for the patient",
            description = WRITING + " 422 `phone`.")
    ResponseEntity<RegistrationView> fillEmergencyContact(
            @AuthenticationPrincipal Jwt token,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody EmergencyContactSection section) {
        return answer(paperwork.fill(token, ifMatch, section));
    }

    @PutMapping("/patient/registration/therapist")
    @Operation(
            operationId = "fillTherapistByLink",
            summary = "Who treats the patient with talking therapy",
            description = WRITING + " 422 `phone`, `therapist-name-needed`.")
    ResponseEntity<RegistrationView> fillTherapist(
            @AuthenticationPrincipal Jwt token,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody TherapistSection section) {
        return answer(paperwork.fill(token, ifMatch, section));
    }

    @PutMapping("/patient/registration/history")
    @Operation(operationId = "fillHistoryByLink", summary = "What the patient has or had", description = WRITING)
    ResponseEntity<RegistrationView> fillHistory(
            @AuthenticationPrincipal Jwt token,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody HistorySection section) {
        return answer(paperwork.fill(token, ifMatch, section));
    }

    @PutMapping("/patient/registration/drugs")
    @Operation(
            operationId = "fillDrugsByLink",
            summary = "What the patient takes now",
            description = WRITING + " 422 `in-the-future`, `too-long-ago`.")
    ResponseEntity<RegistrationView> fillDrugs(
            @AuthenticationPrincipal Jwt token,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody DrugsSection section) {
        return answer(paperwork.fill(token, ifMatch, section));
    }

    @PutMapping("/patient/registration/allergies")
    @Operation(operationId = "fillAllergiesByLink", summary = "What the patient can't bear", description = WRITING)
    ResponseEntity<RegistrationView> fillAllergies(
            @AuthenticationPrincipal Jwt token,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody AllergiesSection section) {
        return answer(paperwork.fill(token, ifMatch, section));
    }

    @PutMapping("/patient/registration/previous-treatments")
    @Operation(operationId = "fillPreviousTreatmentsByLink", summary = "What was tried before", description = WRITING)
    ResponseEntity<RegistrationView> fillPreviousTreatments(
            @AuthenticationPrincipal Jwt token,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody PreviousTreatmentsSection section) {
        return answer(paperwork.fill(token, ifMatch, section));
    }

    @PutMapping("/patient/registration/coverage")
    @Operation(
            operationId = "fillCoverageByLink",
            summary = "What stands on the insurance cards",
            description = WRITING + " 422 `rank-twice`, `member-id-needed`.")
    ResponseEntity<RegistrationView> fillCoverage(
            @AuthenticationPrincipal Jwt token,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody CoverageSection section) {
        return answer(paperwork.fill(token, ifMatch, section));
    }

    @PostMapping("/patient/finish")
    @Operation(
            operationId = "finishPaperworkByLink",
            summary = "The paperwork is done",
            description = "Errors: 409 `still-open` with the first section that was never filled.")
    ResponseEntity<VisitView> finish(@AuthenticationPrincipal Jwt token) {
        return unkept().body(VisitView.of(paperwork.finish(token)));
    }

    /** Names of staff are not for patients. */
    private static ResponseEntity<RegistrationView> answer(RegistrationView r) {
        var sections = r.sections().stream()
                .map(s -> new SectionState(
                        s.section(),
                        s.state(),
                        s.filledBy() == null || s.filledBy().equals(PatientVisits.PATIENT) ? s.filledBy() : CLINIC,
                        s.filledAt()))
                .toList();
        return unkept().eTag(Versions.etag(r.version()))
                .body(new RegistrationView(
                        r.patientId(),
                        r.demographics(),
                        r.contact(),
                        r.emergencyContact(),
                        r.therapist(),
                        r.history(),
                        r.drugs(),
                        r.allergies(),
                        r.previousTreatments(),
                        r.coverage(),
                        sections,
                        r.version()));
    }

    private static ResponseEntity.BodyBuilder unkept() {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore());
    }
}
