package clinicops.billing.fhir;

import clinicops.chassis.Audit;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** 401 and 403 of the insurers' door; 404 and 405 for a known insurer where there is no such operation. */
final class FhirRefusals implements AuthenticationEntryPoint, AccessDeniedHandler {
    private static final Logger log = LoggerFactory.getLogger(FhirRefusals.class);

    private final FhirOutcomes outcomes;
    private final Audit audit;

    FhirRefusals(FhirOutcomes outcomes, Audit audit) {
        this.outcomes = outcomes;
        this.audit = audit;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException {
        if (refused instanceof AuthenticationServiceException) {
            log.warn("the issuer's keys can't be fetched");
            response.setHeader(HttpHeaders.RETRY_AFTER, "5");
            outcomes.write(
                    response,
                    new FhirRefusal(
                            503,
                            IssueType.TRANSIENT,
                            "identity-unavailable",
                            "tokens can't be checked at the moment; try again",
                            null));
            return;
        }
        boolean tokenRefused = refused instanceof OAuth2AuthenticationException;
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, tokenRefused ? "Bearer error=\"invalid_token\"" : "Bearer");
        outcomes.write(
                response,
                tokenRefused
                        ? new FhirRefusal(401, IssueType.LOGIN, "invalid-token", "the token is not accepted", null)
                        : new FhirRefusal(401, IssueType.LOGIN, "token-required", "send an access token", null));
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        var row = FhirAccess.row(request);
        if (row.isEmpty()) {
            var methods = FhirAccess.methods(request);
            if (methods.isEmpty()) {
                outcomes.write(response, FhirOutcomes.nothingHere());
                return;
            }
            response.setHeader(HttpHeaders.ALLOW, String.join(", ", methods));
            outcomes.write(
                    response,
                    new FhirRefusal(405, IssueType.NOTSUPPORTED, "method-not-allowed", "not by this method", null));
            return;
        }
        String scope = row.get().scope();
        audit.refused(
                request.getMethod().toLowerCase(Locale.ROOT) + " " + row.get().pattern(),
                "route/" + row.get().pattern());
        response.setHeader(
                HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"insufficient_scope\", scope=\"" + scope + "\"");
        outcomes.write(
                response,
                new FhirRefusal(403, IssueType.FORBIDDEN, "scope", "the token lacks the scope " + scope, null));
    }
}
