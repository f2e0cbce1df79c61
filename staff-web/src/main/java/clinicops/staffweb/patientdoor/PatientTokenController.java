package clinicops.staffweb.patientdoor;

import clinicops.chassis.Problem;
import clinicops.staffweb.gateway.RefusalLimit;
import clinicops.staffweb.patientdoor.LinkRedemptions.Outcome;
import clinicops.staffweb.token.TokenMint;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Where a patient's page turns the token of its link into one that intake takes for five minutes. Open: the link is the key. */
@RestController
@Tag(name = "patients' links")
class PatientTokenController {
    /** Who acts by a link, in every service's audit; the row's patient says which one. No member of staff is called so. */
    private static final String PATIENT = "patient";

    private static final String AUDIENCE = "patient";

    /** @param token what stands behind the hash sign of the link */
    record LinkToken(@NotNull @Size(max = 200) String token) {}

    /**
     * @param accessToken for {@code Authorization: Bearer} below /patient/api; the page keeps it in memory only
     * @param purpose paperwork, assessment
     * @param language that the clinic writes to the patient in: en, es
     */
    record PatientAccess(String accessToken, long expiresInSeconds, String purpose, String language) {}

    /** @param name the clinic's, as patients know it */
    record ClinicCard(String name, String phone) {}

    private final LinkRedemptions links;
    private final TokenMint mint;
    private final RefusalLimit limit;
    private final ClinicCard clinic;

    PatientTokenController(
            LinkRedemptions links,
            TokenMint mint,
            @Value("${clinicops.patients.refusals-per-minute:120}") int refusalsPerMinute,
            @Value("${clinicops.clinic.name}") String clinicName,
            @Value("${clinicops.clinic.phone}") String clinicPhone) {
        this.links = links;
        this.mint = mint;
        this.limit = new RefusalLimit(refusalsPerMinute, InstantSource.system());
        this.clinic = new ClinicCard(clinicName, clinicPhone);
    }

    @GetMapping("/patient/clinic")
    @Operation(operationId = "getClinicCard", summary = "Whom patients call; open")
    ResponseEntity<ClinicCard> clinic() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(Duration.ofMinutes(5)).cachePublic())
                .body(clinic);
    }

    @PostMapping("/patient/token")
    @Operation(operationId = "openLink", summary = "Opens a patient's link for five minutes; open", description = """
                    As often as the link works. Errors: 401 `link-refused` (garbage, forged, unknown or revoked: not told
                    apart), 401 `link-expired`, 429 `link-throttled` after too many refused ones from an address,
                    503 `service-down`.""")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PatientAccess.class)))
    ResponseEntity<?> open(@Valid @RequestBody LinkToken body, HttpServletRequest request) {
        String address = request.getRemoteAddr();
        Duration deaf = limit.deafFor(address);
        if (deaf.isPositive()) {
            return problem(
                    429,
                    "Too many refused links",
                    "link-throttled",
                    deaf.plusMillis(999).toSeconds());
        }
        return switch (links.redeem(body.token())) {
            case Outcome.Opens link ->
                ResponseEntity.ok()
                        .cacheControl(CacheControl.noStore())
                        .body(new PatientAccess(
                                mint.mint(
                                        PATIENT,
                                        AUDIENCE,
                                        Map.of(
                                                "scope", link.purpose(),
                                                "patient_id", link.patientId(),
                                                "link_id", link.linkId(),
                                                "resource", link.resource())),
                                TokenMint.LIFE.toSeconds(),
                                link.purpose(),
                                link.language()));
            case Outcome.Refused() -> {
                limit.count(address);
                yield problem(401, "This link does not work", "link-refused", 0);
            }
            case Outcome.Expired() -> {
                limit.count(address);
                yield problem(401, "The link's time is over", "link-expired", 0);
            }
            case Outcome.NoAnswer() -> problem(503, "Links can't be opened at the moment", "service-down", 5);
        };
    }

    /** @param retryAfter seconds; 0 when trying again is no use */
    private static ResponseEntity<Problem> problem(int status, String title, String rule, long retryAfter) {
        var answer = ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (retryAfter > 0) {
            answer.header(HttpHeaders.RETRY_AFTER, String.valueOf(retryAfter));
        }
        return answer.body(Problem.of(status, title, rule, null));
    }
}
