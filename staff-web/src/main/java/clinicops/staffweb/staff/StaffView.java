package clinicops.staffweb.staff;

import clinicops.chassis.Role;
import java.util.List;

/**
 * A staff account as admins see it.
 *
 * @param roles wire names, for example {@code front-desk}
 * @param version send it as {@code If-Match} with a change
 */
record StaffView(String username, String name, List<String> roles, boolean active, long version) {
    static StaffView of(StaffAccount account) {
        return new StaffView(
                account.username(),
                account.name(),
                account.roles().stream().map(Role::wireName).sorted().toList(),
                account.active(),
                account.version());
    }
}
