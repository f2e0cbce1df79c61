package clinicops.staffweb.staff;

import clinicops.chassis.Cursor;
import clinicops.chassis.Page;
import clinicops.chassis.Role;
import clinicops.chassis.RuleViolation;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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

/** Staff accounts, for admins. */
@RestController
@Tag(name = "staff")
@RequestMapping("/api/staff")
class StaffController {
    private final StaffAdministration administration;

    StaffController(StaffAdministration administration) {
        this.administration = administration;
    }

    /**
     * @param username 2 to 32 lower-case letters, digits, dots and hyphens, a letter first; never given twice
     * @param password at least 12 characters, at most 72 bytes, not the username, not a common one
     * @param roles front-desk, nurse, prescriber, therapist, biller, admin, auditor: at least one
     */
    record OpenAccount(
            @NotNull @Pattern(regexp = "[a-z][a-z0-9.-]{1,31}")
            String username,

            @NotBlank @Size(max = 100) String name,
            @NotNull @Size(max = 200) String password,
            @NotEmpty @Size(max = 10) List<@NotNull @Size(max = 20) String> roles) {}

    /** @param password a new password, which signs the account out everywhere; null keeps the present one */
    record ChangeAccount(
            @NotEmpty @Size(max = 10) List<@NotNull @Size(max = 20) String> roles,
            @NotNull Boolean active,
            @Nullable @Size(max = 200) String password) {}

    /**
     * Opens an account. 409 {@code username-taken}; 422 {@code password-too-short}, {@code password-too-long}, {@code
     * password-is-username}, {@code password-too-common}.
     */
    @PostMapping
    @Operation(operationId = "openAccount", summary = "Opens a staff account")
    ResponseEntity<StaffView> open(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            @Valid @RequestBody OpenAccount body) {
        StaffView opened =
                administration.open(idempotencyKey, body.username(), body.name(), body.password(), roles(body.roles()));
        return ResponseEntity.created(URI.create("/api/staff/" + opened.username()))
                .header(HttpHeaders.ETAG, Versions.etag(opened.version()))
                .body(opened);
    }

    /** All accounts in order of their usernames. */
    @GetMapping
    @Operation(operationId = "listAccounts", summary = "All staff accounts by username")
    Page<StaffView> list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        int size = Cursor.limit(limit);
        return Page.of(administration.list(Cursor.of(cursor).after(), size + 1), size, StaffView::username);
    }

    /** One account, with its version as ETag. */
    @GetMapping("/{username}")
    @Operation(operationId = "getAccount", summary = "One staff account, its version as ETag")
    ResponseEntity<StaffView> show(@PathVariable String username) {
        return answer(administration.show(username));
    }

    /**
     * Changes roles, switches an account off or on, sets a new password. Takes effect at the account's next request. Needs
     * {@code If-Match}. 409 {@code own-account} when admins would lock themselves out, {@code last-admin} when none would be
     * left.
     */
    @PutMapping("/{username}")
    @Operation(
            operationId = "changeAccount",
            summary = "Changes roles, switches an account off or on, sets a password; takes effect at its next request",
            description = "needs If-Match; 409 own-account when admins would lock themselves out,"
                    + " last-admin when none would be left")
    ResponseEntity<StaffView> change(
            @PathVariable String username,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody ChangeAccount body) {
        return answer(administration.change(username, ifMatch, roles(body.roles()), body.active(), body.password()));
    }

    private static ResponseEntity<StaffView> answer(StaffView view) {
        return ResponseEntity.ok()
                .header(HttpHeaders.ETAG, Versions.etag(view.version()))
                .body(view);
    }

    private static Set<Role> roles(List<String> wireNames) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (int i = 0; i < wireNames.size(); i++) {
            String field = "roles[" + i + "]";
            roles.add(
                    Role.of(wireNames.get(i)).orElseThrow(() -> RuleViolation.malformed("role", "there is no such role")
                            .withField(field)));
        }
        return roles;
    }
}
