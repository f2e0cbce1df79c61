package clinicops.staffweb.signin;

import clinicops.chassis.Caller;
import clinicops.chassis.Role;
import clinicops.staffweb.staff.StaffAccount;
import clinicops.staffweb.staff.StaffAccounts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who is signed in. */
@RestController
@Tag(name = "me")
class MeController {
    private final StaffAccounts accounts;

    MeController(StaffAccounts accounts) {
        this.accounts = accounts;
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
}
