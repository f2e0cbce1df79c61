package clinicops.chassis;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who asks: the staff account of the request's token, or {@link #SYSTEM} where no request runs (events, clock).
 *
 * @param name the account's username
 */
public record Caller(String name, Set<Role> roles) {
    public static final Caller SYSTEM = new Caller("system", Set.of());

    public Caller {
        roles = Collections.unmodifiableSet(roles.isEmpty() ? EnumSet.noneOf(Role.class) : EnumSet.copyOf(roles));
    }

    /** The caller of this thread's request, else {@link #SYSTEM}. */
    public static Caller current() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null || !authentication.isAuthenticated()) {
            return SYSTEM;
        }
        return new Caller(authentication.getName(), roles(authentication.getAuthorities()));
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }

    private static Set<Role> roles(Collection<? extends GrantedAuthority> authorities) {
        var roles = EnumSet.noneOf(Role.class);
        for (Role role : Role.values()) {
            if (authorities.stream().anyMatch(granted -> role.authority().equals(granted.getAuthority()))) {
                roles.add(role);
            }
        }
        return roles;
    }
}
