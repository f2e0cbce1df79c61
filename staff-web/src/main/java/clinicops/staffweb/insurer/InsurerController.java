package clinicops.staffweb.insurer;

import clinicops.chassis.Cursor;
import clinicops.chassis.Page;
import clinicops.chassis.Versions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Insurers that may ask for tokens of the FHIR door, for admins. */
@RestController
@Tag(name = "insurers")
@RequestMapping("/api/insurers")
class InsurerController {
    private static final String VALIDATED = "validated";
    private static final String VALIDATIONS = "validated|strict";

    private final InsurerRegistration registration;

    InsurerController(InsurerRegistration registration) {
        this.registration = registration;
    }

    /** @param keys public JSON Web Keys (RFC 7517), each with a kid: RSA of at least 2048 bits (RS384) or EC P-384 (ES384) */
    record Jwks(@NotEmpty @Size(max = 10) List<@NotNull Map<String, @Nullable Object>> keys) {}

    /**
     * @param payerCode whose claims this insurer answers, as in billing's payers; can't be changed
     * @param jwks the public keys themselves; an address to fetch them from is not taken
     * @param validation {@code validated} (when left out): what it sends is checked against the whole of FHIR R4; {@code
     *     strict}: against structure and the clinic's own rules
     */
    record RegisterInsurer(
            @NotBlank @Size(max = 100) String name,

            @NotBlank @Size(max = 40) @Pattern(regexp = "[A-Za-z0-9._-]+")
            String payerCode,

            @NotNull @Valid Jwks jwks,
            @Nullable @Pattern(regexp = VALIDATIONS) String validation) {}

    /**
     * @param jwks the keys from now on; null keeps the present ones
     * @param active false: no new token; one that is out lives its five minutes to the end
     */
    record ChangeInsurer(
            @NotBlank @Size(max = 100) String name,
            @Nullable @Valid Jwks jwks,
            @NotNull @Pattern(regexp = VALIDATIONS) String validation,
            @NotNull Boolean active) {}

    /**
     * Registers an insurer. 422 {@code public-keys-only}, {@code key-id}, {@code key-ids-unique}, {@code key-type}, {@code
     * key-size}, {@code key-exponent}, {@code key-algorithm}, {@code key-use}, {@code key-malformed}.
     */
    @PostMapping
    @Operation(
            operationId = "registerInsurer",
            summary = "Registers an insurer with its public keys; its id is the client id for tokens",
            description =
                    "422 public-keys-only when a key holds private parts; key-id, key-ids-unique, key-type, key-size,"
                            + " key-exponent, key-algorithm, key-use, key-malformed")
    ResponseEntity<InsurerView> register(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            @Valid @RequestBody RegisterInsurer body) {
        String validation = body.validation() == null ? VALIDATED : body.validation();
        InsurerView registered = registration.register(
                idempotencyKey,
                body.name(),
                body.payerCode(),
                validation,
                body.jwks().keys());
        return ResponseEntity.created(URI.create("/api/insurers/" + registered.id()))
                .header(HttpHeaders.ETAG, Versions.etag(registered.version()))
                .body(registered);
    }

    /** All insurers in the order of their registration. */
    @GetMapping
    @Operation(operationId = "listInsurers", summary = "All registered insurers, the oldest first")
    Page<InsurerView> list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        int size = Cursor.limit(limit);
        return Page.of(registration.list(Cursor.of(cursor).after(), size + 1), size, InsurerView::id);
    }

    /** One insurer, with its version as ETag. */
    @GetMapping("/{id}")
    @Operation(operationId = "getInsurer", summary = "One registered insurer, its version as ETag")
    ResponseEntity<InsurerView> show(@PathVariable String id) {
        return answer(registration.show(id));
    }

    /**
     * Changes name, keys and validation, switches an insurer off or on; takes effect with its next token. Needs {@code
     * If-Match}. 422 as at the registration.
     */
    @PutMapping("/{id}")
    @Operation(
            operationId = "changeInsurer",
            summary = "Changes name, keys and validation, switches off or on; takes effect with the next token",
            description = "needs If-Match; without jwks the keys stay; 422 as at the registration")
    ResponseEntity<InsurerView> change(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody ChangeInsurer body) {
        var keys = body.jwks() == null ? null : body.jwks().keys();
        return answer(registration.change(id, ifMatch, body.name(), body.validation(), body.active(), keys));
    }

    private static ResponseEntity<InsurerView> answer(InsurerView view) {
        return ResponseEntity.ok()
                .header(HttpHeaders.ETAG, Versions.etag(view.version()))
                .body(view);
    }
}
