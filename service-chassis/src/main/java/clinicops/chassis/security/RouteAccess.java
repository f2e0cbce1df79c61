package clinicops.chassis.security;

import clinicops.chassis.Access;
import clinicops.chassis.Role;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/** The access table at work: no row, no entry. A bean, so that the matrix test can read the rows. */
public final class RouteAccess implements AuthorizationManager<RequestAuthorizationContext> {
    private record Gate(PathPatternRequestMatcher route, Set<String> authorities) {}

    private final List<Access> rows;
    private final List<Gate> gates;

    RouteAccess(List<Access> rows) {
        this.rows = List.copyOf(rows);
        this.gates = rows.stream()
                .map(row -> new Gate(
                        PathPatternRequestMatcher.pathPattern(row.method(), row.pattern()),
                        row.roles().stream().map(Role::authority).collect(Collectors.toUnmodifiableSet())))
                .toList();
    }

    /** The service's rows, then the chassis' own. */
    public List<Access> rows() {
        return rows;
    }

    @Override
    public AuthorizationDecision authorize(
            Supplier<? extends @Nullable Authentication> caller, RequestAuthorizationContext request) {
        Authentication authentication = caller.get();
        boolean granted = authentication != null
                && authentication.isAuthenticated()
                && gates.stream()
                        .filter(gate -> gate.route().matches(request.getRequest()))
                        .findFirst()
                        .filter(gate -> authentication.getAuthorities().stream()
                                .anyMatch(authority -> gate.authorities().contains(authority.getAuthority())))
                        .isPresent();
        return new AuthorizationDecision(granted);
    }
}
