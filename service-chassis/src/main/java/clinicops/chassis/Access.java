package clinicops.chassis;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.http.HttpMethod;

/**
 * One row of a service's access table: who may call a route.
 *
 * @param pattern exactly as the controller maps it, for example {@code /api/patients/{id}}
 * @param roles any one of them suffices; all roles = anyone with a valid token of the clinic's staff
 */
public record Access(HttpMethod method, String pattern, Set<Role> roles) {
    public Access {
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("no role may call " + method + " " + pattern);
        }
        roles = Collections.unmodifiableSet(EnumSet.copyOf(roles));
    }

    public static Access allow(HttpMethod method, String pattern, Role... roles) {
        return new Access(method, pattern, Set.copyOf(Arrays.asList(roles)));
    }

    /** Any member of staff, whatever the role. */
    public static Access allowStaff(HttpMethod method, String pattern) {
        return new Access(method, pattern, EnumSet.allOf(Role.class));
    }
}
