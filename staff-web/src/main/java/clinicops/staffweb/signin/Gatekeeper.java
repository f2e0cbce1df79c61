package clinicops.staffweb.signin;

import clinicops.chassis.Access;
import clinicops.chassis.AccessTable;
import clinicops.chassis.Role;
import clinicops.staffweb.gateway.ServiceRoutes;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.stereotype.Component;

/**
 * No row, no entry: the front door's own access table, and the paths that lead to a service, which decides for itself what each
 * role may do there. Leaves on the request why it refused, for the answer.
 */
@Component
class Gatekeeper implements AuthorizationManager<RequestAuthorizationContext> {
    /** Pattern of the gate that did not open; absent when there is no gate at all. */
    static final String CLOSED = Gatekeeper.class.getName() + ".closed";

    /** Methods that the path has, when the request's is none of them. */
    static final String OTHER_METHODS = Gatekeeper.class.getName() + ".otherMethods";

    /** @param method null for every method */
    private record Gate(
            @Nullable HttpMethod method, String pattern, PathPatternRequestMatcher path, Set<String> authorities) {
        static Gate of(@Nullable HttpMethod method, String pattern, Set<Role> roles) {
            return new Gate(
                    method,
                    pattern,
                    PathPatternRequestMatcher.pathPattern(pattern),
                    roles.stream().map(Role::authority).collect(Collectors.toUnmodifiableSet()));
        }
    }

    private final List<Gate> gates = new ArrayList<>();

    Gatekeeper(AccessTable own) {
        Set<Role> everybody = EnumSet.allOf(Role.class);
        for (Access row : own.rows()) {
            gates.add(Gate.of(row.method(), row.pattern(), row.roles()));
        }
        // one clinic, one clock: a single service's must not be moved past the others
        gates.add(Gate.of(HttpMethod.PUT, "/api/services/*/clock", Set.of()));
        gates.add(Gate.of(HttpMethod.PUT, "/api/services/*/demo-mode", Set.of()));
        gates.add(Gate.of(null, ServiceRoutes.DIRECT, EnumSet.of(Role.ADMIN, Role.AUDITOR)));
        ServiceRoutes.patterns().forEach(pattern -> gates.add(Gate.of(null, pattern, everybody)));
    }

    @Override
    public AuthorizationDecision authorize(
            Supplier<? extends @Nullable Authentication> who, RequestAuthorizationContext context) {
        HttpServletRequest request = context.getRequest();
        var otherMethods = new TreeSet<String>();
        for (Gate gate : gates) {
            if (!gate.path().matches(request)) {
                continue;
            }
            HttpMethod method = gate.method();
            if (method == null || method.matches(request.getMethod())) {
                boolean opens = holdsOneOf(who.get(), gate.authorities());
                if (!opens) {
                    request.setAttribute(CLOSED, gate.pattern());
                }
                return new AuthorizationDecision(opens);
            }
            otherMethods.add(method.name());
        }
        if (!otherMethods.isEmpty()) {
            request.setAttribute(OTHER_METHODS, String.join(", ", otherMethods));
        }
        return new AuthorizationDecision(false);
    }

    private static boolean holdsOneOf(@Nullable Authentication who, Set<String> authorities) {
        return who != null
                && who.isAuthenticated()
                && who.getAuthorities().stream()
                        .anyMatch(granted -> authorities.contains(String.valueOf(granted.getAuthority())));
    }
}
