package clinicops.intake.consent;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.intake.patient.Consent;
import clinicops.intake.patient.PatientChanges;
import clinicops.intake.patient.PatientView;
import clinicops.intake.patient.Route;
import clinicops.outbox.Ids;
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
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Consents", description = "Bound to drug, route and text version; withdrawn at once")
class ConsentController {
    private static final String ROUTE = "iv, im, nasal or oral";

    private final ConsentTexts texts;
    private final PatientChanges changes;
    private final BusinessClock clock;

    ConsentController(ConsentTexts texts, PatientChanges changes, BusinessClock clock) {
        this.texts = texts;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * A signature.
     *
     * @param textVersion the version that the patient read; must be the one in force
     * @param signature the patient's name as they typed it
     */
    record ConsentRequest(
            @Schema(description = "For example ketamine") @NotBlank @Size(max = 50)
            String drug,

            @Schema(description = "The version that the patient read; must be the one in force", example = "2026-11")
            @NotBlank
            @Size(max = 50)
            String textVersion,

            @Schema(description = "The patient's name as they typed it") @NotBlank @Size(max = 200)
            String signature) {}

    @PutMapping("/api/patients/{id}/consents/{route}")
    @Operation(summary = "Sign a consent", description = """
                    The patient signs, in their own language, before the caller as witness. The same text signed again changes
                    nothing; a new version takes the place of the old. Errors: 400 `route`; 404 `not-found`; 412, 428 once the
                    route has a consent; 422 `consent-text-unknown` (no text for drug and route), `consent-text-in-force`
                    (another version is), `screening-needed`, `patient-excluded`, `patient-declined`, `safety-review-open`.""")
    ResponseEntity<PatientView> sign(
            @PathVariable String id,
            @Parameter(description = ROUTE) @PathVariable String route,
            @Parameter(description = "The patient's ETag; not needed for the first consent to a route")
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch,
            @Valid @RequestBody ConsentRequest request) {
        Route by = routeOf(route);
        String drug = request.drug().strip();
        String inForce = texts.versionInForce(drug, by).orElseThrow(() -> new RuleViolation(
                        "consent-text-unknown", "there is no consent text for this drug and route")
                .withField("drug"));
        if (!inForce.equals(request.textVersion())) {
            throw new RuleViolation("consent-text-in-force", "the text in force is " + inForce)
                    .withField("textVersion");
        }
        String witness = Caller.current().name();
        return PatientView.answer(changes.change(id, "sign-consent", null, patient -> {
            if (ifMatch != null || patient.consentsTo(by)) {
                Versions.require(ifMatch, patient.version(), patient.resource());
            }
            var text = texts.inForce(drug, by, patient.contact().language())
                    .orElseThrow(() -> new RuleViolation(
                            "consent-text-unknown", "there is no consent text in the patient's language"));
            return patient.sign(new Consent(
                    Ids.next(),
                    drug,
                    by,
                    text.version(),
                    text.language(),
                    text.sha256(),
                    request.signature().strip(),
                    witness,
                    clock.instant(),
                    null,
                    null));
        }));
    }

    @DeleteMapping("/api/patients/{id}/consents/{route}")
    @Operation(summary = "Withdraw a consent", description = """
                    Holds at once: booking and dosing by this route stop, a plan for it ends. Takes no If-Match: whatever else
                    changed, the patient's no stands. Errors: 400 `route`; 404 `not-found`, also when no consent to the
                    route holds.""")
    ResponseEntity<PatientView> withdraw(
            @PathVariable String id, @Parameter(description = ROUTE) @PathVariable String route) {
        Route by = routeOf(route);
        String recordedBy = Caller.current().name();
        return PatientView.answer(changes.change(id, "withdraw-consent", null, patient -> {
            var events = patient.withdrawConsent(by, recordedBy, clock.instant());
            if (events.isEmpty()) {
                throw new NotFound("consent", id + "/" + by.code());
            }
            return events;
        }));
    }

    private static Route routeOf(String code) {
        return Route.of(code).orElseThrow(() -> RuleViolation.malformed("route", "the route is one of " + ROUTE)
                .withField("route"));
    }
}
