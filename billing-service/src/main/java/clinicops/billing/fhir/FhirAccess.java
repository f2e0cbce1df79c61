package clinicops.billing.fhir;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/** What an insurer may do, by method and path, and the scope that it needs. No row, no entry. */
final class FhirAccess implements AuthorizationManager<RequestAuthorizationContext> {
    static final String METADATA = "/fhir/metadata";

    private static final String ID = "[A-Za-z0-9.-]{1,64}";

    /** @param permission {@code c}, {@code r} or {@code s}; see {@link FhirCaller#may} */
    record Row(HttpMethod method, String pattern, char permission, String resourceType) {
        /** The least scope that opens it, for example {@code system/Claim.r}. */
        String scope() {
            return "system/" + resourceType + "." + permission;
        }
    }

    private record Gate(Row row, PathPatternRequestMatcher request, PathPatternRequestMatcher path) {}

    static final List<Row> ROWS = rows();
    private static final List<Gate> GATES = ROWS.stream()
            .map(row -> new Gate(
                    row,
                    PathPatternRequestMatcher.pathPattern(row.method(), row.pattern()),
                    PathPatternRequestMatcher.pathPattern(row.pattern())))
            .toList();

    private static List<Row> rows() {
        var rows = new ArrayList<Row>();
        for (String type : List.of("Claim", "ClaimResponse", "Coverage", "Patient")) {
            // before the reading of one resource, whose pattern would take the word for an id
            rows.add(new Row(POST, "/fhir/" + type + "/_search", 's', type));
            rows.add(new Row(GET, "/fhir/" + type, 's', type));
            rows.add(new Row(GET, "/fhir/" + type + "/{id:" + ID + "}", 'r', type));
        }
        rows.add(new Row(POST, "/fhir/ClaimResponse", 'c', "ClaimResponse"));
        return List.copyOf(rows);
    }

    @Override
    public AuthorizationDecision authorize(
            Supplier<? extends @Nullable Authentication> caller, RequestAuthorizationContext request) {
        return new AuthorizationDecision(caller.get() instanceof FhirAuthentication insurer
                && row(request.getRequest())
                        .filter(row -> insurer.getPrincipal().may(row.permission(), row.resourceType()))
                        .isPresent());
    }

    /** The row that rules this request; empty when there is no such operation. */
    static Optional<Row> row(HttpServletRequest request) {
        for (Gate gate : GATES) {
            if (gate.request().matches(request)) {
                return Optional.of(gate.row());
            }
        }
        return Optional.empty();
    }

    /** The methods that this path takes; empty when there is nothing there. */
    static Set<String> methods(HttpServletRequest request) {
        var methods = new TreeSet<String>();
        for (Gate gate : GATES) {
            if (gate.path().matches(request)) {
                methods.add(gate.row().method().name());
            }
        }
        if (request.getRequestURI().equals(METADATA)) {
            methods.add(GET.name());
        }
        return methods;
    }
}
