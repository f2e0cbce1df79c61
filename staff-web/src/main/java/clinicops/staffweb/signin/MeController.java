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
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who is signed in. */
@RestController
@Tag(name = "me")
class MeController {
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

    /** @param roles wire names, for example {@code front-desk} */
    record Me(String username, String name, List<String> roles) {}

    /** The account of this session; 401 without one. */
    @GetMapping("/api/me")
    @Operation(operationId = "getMe", summary = "Who is signed in")
    Me me() {
        Caller caller = Caller.current();
        return new Me(
                caller.name(),
                accounts.findByUsername(caller.name()).map(StaffAccount::name).orElse(caller.name()),
                caller.roles().stream().map(Role::wireName).sorted().toList());
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
        String username = Caller.current().name();
        Duration stayAway = throttle.knock(username, request.getRemoteAddr()).stayAway();
        if (stayAway != null) {
            answers.tooMany(response, stayAway);
            return;
        }
        try {
            administration.changeOwnPassword(body.current(), body.password());
        } catch (RuleViolation refused) {
            if (!refused.rule().equals("wrong-password")) {
                throttle.succeeded(username, request.getRemoteAddr());
            }
            throw refused;
        }
        throttle.succeeded(username, request.getRemoteAddr());
    }
}
