package clinicops.chassis.security;

import clinicops.chassis.Audit;
import clinicops.chassis.Problem;
import clinicops.chassis.web.ProblemWriter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/** 401 and 403 as problems; 404 and 405 for known staff where there is no such route at all. */
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {
    private static final Logger log = LoggerFactory.getLogger(Refusals.class);

    private final ProblemWriter problems;
    private final Audit audit;
    private final ObjectProvider<RequestMappingHandlerMapping> routes;

    Refusals(ProblemWriter problems, Audit audit, ObjectProvider<RequestMappingHandlerMapping> routes) {
        this.problems = problems;
        this.audit = audit;
        this.routes = routes;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException {
        if (refused instanceof AuthenticationServiceException) {
            log.warn("the issuer's keys can't be fetched");
            response.setHeader(HttpHeaders.RETRY_AFTER, "5");
            problems.write(
                    response,
                    Problem.of(
                            503,
                            "Tokens can't be checked at the moment",
                            "identity-unavailable",
                            "the issuer's keys can't be fetched; try again"));
            return;
        }
        boolean tokenRefused = refused instanceof OAuth2AuthenticationException;
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, tokenRefused ? "Bearer error=\"invalid_token\"" : "Bearer");
        problems.write(
                response,
                tokenRefused
                        ? Problem.of(401, "The token is not accepted", "invalid-token", null)
                        : Problem.of(401, "Sign in first", "token-required", null));
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException, ServletException {
        String pattern;
        try {
            pattern = route(request);
        } catch (HttpRequestMethodNotSupportedException wrong) {
            response.setHeader(
                    HttpHeaders.ALLOW,
                    Objects.requireNonNullElse(wrong.getSupportedHttpMethods(), Set.<HttpMethod>of()).stream()
                            .map(HttpMethod::name)
                            .sorted()
                            .collect(Collectors.joining(", ")));
            problems.write(response, Problem.of(405, "Not by this method", "method-not-allowed", null));
            return;
        } catch (ServletException other) {
            // the route exists, for another media type; still not theirs
            pattern = "unknown route";
        }
        if (pattern == null) {
            problems.write(response, Problem.of(404, "There is nothing here", "no-such-route", null));
            return;
        }
        audit.refused(request.getMethod().toLowerCase(Locale.ROOT) + " " + pattern, "route/" + pattern);
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"insufficient_scope\"");
        problems.write(response, Problem.of(403, "Your roles do not allow this", "role", null));
    }

    /** The pattern that would have handled the request; null when there is none. */
    private @Nullable String route(HttpServletRequest request) throws ServletException {
        if (!ServletRequestPathUtils.hasParsedRequestPath(request)) {
            ServletRequestPathUtils.parseAndCache(request);
        }
        for (RequestMappingHandlerMapping mapping : routes) {
            try {
                if (mapping.getHandler(request) != null) {
                    return String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
                }
            } catch (ServletException e) {
                throw e;
            } catch (Exception e) {
                throw new ServletException(e);
            }
        }
        return null;
    }
}
