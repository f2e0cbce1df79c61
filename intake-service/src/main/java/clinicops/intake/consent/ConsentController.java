package clinicops.intake.consent;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.intake.patient.Consent;
import clinicops.intake.patient.Language;
import clinicops.intake.patient.PatientChanges;
import clinicops.intake.patient.PatientView;
import clinicops.intake.patient.Patients;
import clinicops.intake.patient.Route;
import clinicops.outbox.Ids;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Consents", description = "Bound to drug, route and text version; withdrawn at once")
class ConsentController {
    private static final String ROUTE = "iv, im, nasal or oral";

    private static final String CLIENT_ADDRESS = "X-Client-Address";
    private static final int SALT_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final ConsentTexts texts;
    private final ConsentProofs proofs;
    private final Patients patients;
    private final PatientChanges changes;
    private final Audit audit;
    private final BusinessClock clock;

    ConsentController(
            ConsentTexts texts,
            ConsentProofs proofs,
            Patients patients,
            PatientChanges changes,
            Audit audit,
            BusinessClock clock) {
        this.texts = texts;
        this.proofs = proofs;
        this.patients = patients;
        this.changes = changes;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A signature.
     *
     * @param textVersion the version that the patient read; must be the one in force
     * @param signature the patient's name as they typed it, or to stand beneath their drawing
     * @param drawing the signature as it was drawn; null when it was typed
     * @param language of the text that the patient read; null when it is the patient's own
     */
    record ConsentRequest(
            @Schema(description = "For example ketamine") @NotBlank @Size(max = 50)
            String drug,

            @Schema(description = "The version that the patient read; must be the one in force", example = "2026-11")
            @NotBlank
            @Size(max = 50)
            String textVersion,

            @Schema(description = "The patient's name as they typed it, or to stand beneath their drawing")
            @NotBlank
            @Size(max = 200)
            String signature,

            @Schema(
                    description =
                            "The signature as it was drawn: PNG in base64, at most 200 KB and 2000 x 1000 pixels; null when it was typed")
            @Size(max = 300_000)
            @Nullable
            String drawing,

            @Schema(description = "Of the text that the patient read; null when it is the patient's own") @Nullable
            Language language) {}

    /** What the patient said of it. */
    record WithdrawalRequest(@NotBlank @Size(max = 2000) String reason) {}

    @PutMapping("/api/patients/{id}/consents/{route}")
    @Operation(summary = "Sign a consent", description = """
                    The patient signs, by typing their name or by drawing, before the caller as witness. Kept with it: the time,
                    the text's hash, and a salted hash of the network address. The same text signed again changes nothing; a new
                    version takes the place of the old. Errors: 400 `route`; 404 `not-found`; 412, 428 once the route has a
                    consent; 422 `consent-text-unknown` (no text for drug, route and language), `consent-text-in-force` (another
                    version is), `signature-image` (no sound PNG of a drawing), `screening-needed`, `patient-excluded`, `patient-declined`, `safety-review-open`.""")
    ResponseEntity<PatientView> sign(
            @PathVariable String id,
            @Parameter(description = ROUTE) @PathVariable String route,
            @Parameter(description = "The patient's ETag; not needed for the first consent to a route")
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch,
            @Parameter(hidden = true) @RequestHeader(name = CLIENT_ADDRESS, required = false) @Nullable String address,
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
        String drawing = request.drawing();
        byte[] png = drawing == null ? null : DrawnSignature.png(drawing);
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        String addressHash =
                Sha256.of(salt, Objects.requireNonNullElse(address, "unknown").getBytes(StandardCharsets.UTF_8));
        String witness = Caller.current().name();
        return PatientView.answer(changes.change(id, "sign-consent", null, patient -> {
            if (ifMatch != null || patient.consentsTo(by)) {
                Versions.require(ifMatch, patient.version(), patient.resource());
            }
            Language language = request.language();
            var text = texts.inForce(
                            drug, by, language == null ? patient.contact().language() : language)
                    .orElseThrow(() -> new RuleViolation(
                            "consent-text-unknown", "there is no consent text in the patient's language"));
            String consentId = Ids.next();
            var events = patient.sign(new Consent(
                    consentId,
                    drug,
                    by,
                    text.version(),
                    text.language(),
                    text.sha256(),
                    request.signature().strip(),
                    png == null ? null : Sha256.of(png),
                    addressHash,
                    witness,
                    clock.instant(),
                    null,
                    null,
                    null));
            if (!events.isEmpty()) {
                proofs.save(new ConsentProof(consentId, id, HexFormat.of().formatHex(salt), png));
            }
            return events;
        }));
    }

    @GetMapping(value = "/api/patients/{id}/consents/{consentId}/document", produces = MediaType.APPLICATION_PDF_VALUE)
    @Operation(
            summary = "Print a consent",
            description =
                    "The text in the language in which it was read, the signature, and what proves both. Errors: 404 `not-found`.")
    ResponseEntity<byte[]> print(@PathVariable String id, @PathVariable String consentId) {
        var patient = patients.forStaff(id).orElseThrow(() -> new NotFound("patient", id));
        Consent consent = patient.consents().stream()
                .filter(signed -> signed.id().equals(consentId))
                .findFirst()
                .orElseThrow(() -> new NotFound("consent", consentId));
        var text = texts.find(consent.drug(), consent.route(), consent.language(), consent.textVersion())
                .filter(kept -> kept.sha256().equals(consent.textHash()))
                .orElseThrow(() -> new IllegalStateException("the text of consent " + consentId + " is gone"));
        byte[] drawing = proofs.of(consentId, id).map(ConsentProof::drawing).orElse(null);
        audit.read("print-consent", "consent/" + consentId, id);
        var sheet = new ConsentSheet(texts.wording(text), consent, patient.demographics(), drawing, clock.clinicZone());
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("consent-" + consentId + ".pdf")
                                .build()
                                .toString())
                .header("X-Content-Type-Options", "nosniff")
                .body(sheet.pdf());
    }

    @DeleteMapping("/api/patients/{id}/consents/{route}")
    @Operation(summary = "Withdraw a consent", description = """
                    Holds at once: booking and dosing by this route stop, a plan for it ends. Takes no If-Match: whatever else
                    changed, the patient's no stands. Errors: 400 `route`; 404 `not-found`, also when no consent to the
                    route holds.""")
    ResponseEntity<PatientView> withdraw(
            @PathVariable String id, @Parameter(description = ROUTE) @PathVariable String route) {
        return withdrawn(id, route, null);
    }

    @PostMapping("/api/patients/{id}/consents/{route}/withdrawal")
    @Operation(
            summary = "Withdraw a consent, with a reason",
            description =
                    "As DELETE, for a patient who says why; nobody has to. Errors: 400 `route`; 404 `not-found`, also when no consent to the route holds.")
    ResponseEntity<PatientView> withdraw(
            @PathVariable String id,
            @Parameter(description = ROUTE) @PathVariable String route,
            @Valid @RequestBody WithdrawalRequest request) {
        return withdrawn(id, route, request.reason().strip());
    }

    private ResponseEntity<PatientView> withdrawn(String id, String route, @Nullable String reason) {
        Route by = routeOf(route);
        String recordedBy = Caller.current().name();
        return PatientView.answer(changes.change(id, "withdraw-consent", reason, patient -> {
            var events = patient.withdrawConsent(by, recordedBy, reason, clock.instant());
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
