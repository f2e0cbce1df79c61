package clinicops.billing.fhir;

import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.springframework.web.filter.OncePerRequestFilter;

/** What was refused before any of our code ran, a request that the firewall rejects for one, is an OperationOutcome too. */
final class FhirErrorDispatch extends OncePerRequestFilter {
    private final FhirOutcomes outcomes;

    FhirErrorDispatch(FhirOutcomes outcomes) {
        this.outcomes = outcomes;
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String uri)
                || !uri.startsWith("/fhir")) {
            chain.doFilter(request, response);
            return;
        }
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        if (status >= 500) {
            Throwable failure = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown
                    ? thrown
                    : new IllegalStateException("error dispatch");
            outcomes.write(response, outcomes.internal(request, failure));
        } else if (status == 404) {
            outcomes.write(response, FhirOutcomes.nothingHere());
        } else {
            outcomes.write(
                    response,
                    new FhirRefusal(status, IssueType.INVALID, "malformed-request", "the request is refused", null));
        }
    }
}
