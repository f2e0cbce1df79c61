package clinicops.staffweb.signin;

import clinicops.chassis.Caller;
import clinicops.chassis.Role;
import clinicops.chassis.RuleViolation;
import clinicops.staffweb.staff.StaffAccount;
import clinicops.staffweb.staff.StaffAccounts;
import clinicops.staffweb.staff.StaffAdministration;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who is signed in. */
@RestController
@Tag(name = "me")
class MeController {
    /** What somebody says who does not know the secret. */
    private static final Set<String> GUESSES = Set.of("wrong-password", "wrong-pin");

    private final StaffAccounts accounts;
    private final StaffAdministration administration;
    private final SignInThrottle throttle;
    private final DoorAnswers answers;

    MeController(
            StaffAccounts accounts, StaffAdministration administration, SignInThrottle throttle, DoorAnswers answers) {
        this.accounts = accounts;
        this.administration = administration;
        this.throttle = throttle;
        this.answers = answers;
    }

    /**
     * @param roles wire names, for example {@code front-desk}
     * @param pinSet whether a PIN opens a screen that locked itself under this account
     */
    record Me(String username, String name, List<String> roles, boolean pinSet) {}

    /** The account of this session; 401 without one. */
    @GetMapping("/api/me")
    @Operation(operationId = "getMe", summary = "Who is signed in")
    Me me() {
        Caller caller = Caller.current();
        Optional<StaffAccount> account = accounts.findByUsername(caller.name());
        return new Me(
                caller.name(),
                account.map(StaffAccount::name).orElse(caller.name()),
                caller.roles().stream().map(Role::wireName).sorted().toList(),
                account.map(StaffAccount::pinHash).isPresent());
    }

    /** @param password the new one */
    record ChangePassword(
            @NotNull @Size(max = 200) String current,
            @NotNull @Size(max = 200) String password) {}

    /**
     * Changes the own password. All sessions of the account end, this one too. Whoever finds a screen left open does not guess
     * the password here: the same throttle counts as at the sign-in. 422 {@code wrong-password}, {@code password-same} or a rule
     * of the password policy; 429 {@code sign-in-throttled}.
     */
    @PutMapping("/api/me/password")
    @Operation(
            operationId = "changeOwnPassword",
            summary = "Changes the own password; every session of the account ends",
            description = "422 wrong-password, password-same, password-too-short, password-too-long,"
                    + " password-is-username, password-too-common; 429 sign-in-throttled")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changePassword(
            @Valid @RequestBody ChangePassword body, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        guarded(
                Caller.current().name(),
                () -> administration.changeOwnPassword(body.current(), body.password()),
                request,
                response);
    }

    /** @param pin 4 to 8 digits */
    record SetPin(
            @NotNull @Size(max = 200) String password,
            @NotNull @Pattern(regexp = "[0-9]{4,8}") String pin) {}

    /**
     * Sets or changes the own PIN, against the present password, throttled as the sign-in is. 400 {@code pattern}; 422 {@code
     * wrong-password}, {@code pin-too-simple}; 429 {@code sign-in-throttled}.
     */
    @PostMapping("/api/me/pin")
    @Operation(
            operationId = "setOwnPin",
            summary = "Sets the own PIN, which opens a screen that locked itself; a new password ends it",
            description = "422 wrong-password, pin-too-simple; 429 sign-in-throttled")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void setPin(@Valid @RequestBody SetPin body, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        guarded(
                Caller.current().name(),
                () -> administration.setOwnPin(body.password(), body.pin()),
                request,
                response);
    }

    /** @param pin as it was set */
    record Unlock(@NotNull @Size(max = 8) String pin) {}

    /**
     * Whoever stands at a locked screen is the one signed in there. Wrong PINs are counted apart from wrong passwords, and as
     * dearly. 422 {@code wrong-pin}; 409 {@code pin-missing}; 429 {@code sign-in-throttled}.
     */
    @PostMapping("/api/me/unlock")
    @Operation(
            operationId = "unlockScreen",
            summary = "Compares the own PIN at a screen that locked itself",
            description = "422 wrong-pin; 409 pin-missing; 429 sign-in-throttled")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unlock(@Valid @RequestBody Unlock body, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        // no username has this form: a nurse who mistypes the PIN can still sign in
        guarded("pin of " + Caller.current().name(), () -> administration.unlock(body.pin()), request, response);
    }

    /** A secret is compared no more often than at the sign-in. What isn't about the secret costs nothing. */
    private void guarded(String counted, Runnable compare, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Duration stayAway = throttle.knock(counted, request.getRemoteAddr()).stayAway();
        if (stayAway != null) {
            answers.tooMany(response, stayAway);
            return;
        }
        try {
            compare.run();
        } catch (RuleViolation refused) {
            if (!GUESSES.contains(refused.rule())) {
                throttle.succeeded(counted, request.getRemoteAddr());
            }
            throw refused;
        }
        throttle.succeeded(counted, request.getRemoteAddr());
    }
}
