package clinicops.staffweb.signin;

import clinicops.chassis.Audit;
import clinicops.chassis.Problem;
import clinicops.chassis.web.ProblemWriter;
import clinicops.outbox.Transactions;
import clinicops.staffweb.gateway.Outcome;
import clinicops.staffweb.staff.StaffAccount;
import clinicops.staffweb.staff.StaffAccounts;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the door says: a status, and a problem where there is one. Its pages are the app's. Every sign-in, refused sign-in and
 * sign-out is audited.
 */
@Component
class DoorAnswers
        implements AuthenticationSuccessHandler,
                AuthenticationFailureHandler,
                AuthenticationEntryPoint,
                AccessDeniedHandler,
                LogoutSuccessHandler,
                RequestRejectedHandler {
    private static final Logger log = LoggerFactory.getLogger(DoorAnswers.class);
    /** As the password check matches: by the decoded path, or a disguised one would slip past the throttle. */
    private static final PathPatternRequestMatcher SIGN_IN =
            PathPatternRequestMatcher.pathPattern(HttpMethod.POST, "/login");

    private static final PathPatternRequestMatcher API = PathPatternRequestMatcher.pathPattern("/api/**");

    private static final String SHUT_NOW = DoorAnswers.class.getName() + ".shutNow";

    private final SignInThrottle throttle;
    private final StaffAccounts accounts;
    private final Transactions transactions;
    private final Audit audit;
    private final ProblemWriter problems;
    private final JsonMapper json;

    DoorAnswers(
            SignInThrottle throttle,
            StaffAccounts accounts,
            Transactions transactions,
            Audit audit,
            ProblemWriter problems,
            JsonMapper json) {
        this.throttle = throttle;
        this.accounts = accounts;
        this.transactions = transactions;
        this.audit = audit;
        this.problems = problems;
        this.json = json;
    }

    /** Stands before the password check; not a bean, or it would run outside the security chain too. */
    OncePerRequestFilter throttling() {
        return new OncePerRequestFilter() {
            @Override
            protected boolean shouldNotFilter(HttpServletRequest request) {
                return !SIGN_IN.matches(request);
            }

            @Override
            protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws ServletException, IOException {
                SignInThrottle.Knock knock = throttle.knock(username(request), request.getRemoteAddr());
                if (knock.stayAway() != null) {
                    tooMany(response, knock.stayAway());
                    return;
                }
                request.setAttribute(SHUT_NOW, knock.shutNow());
                chain.doFilter(request, response);
            }
        };
    }

    /** 429 with when to come back. */
    void tooMany(HttpServletResponse response, Duration wait) throws IOException {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
        problems.write(
                response,
                Problem.of(
                        HttpStatus.TOO_MANY_REQUESTS.value(),
                        "Too many failed sign-ins",
                        "sign-in-throttled",
                        "try again in " + seconds + " s"));
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException {
        try {
            throttle.succeeded(username(request), request.getRemoteAddr());
            transactions.run(() -> audit.write(
                    "sign-in",
                    "staff/" + authentication.getName(),
                    null,
                    accounts.findByUsername(authentication.getName())
                            .map(StaffAccount::version)
                            .orElse(0L),
                    "from " + request.getRemoteAddr()));
        } catch (RuntimeException e) {
            // the session is open by now, and nobody may be in who is not on record
            HttpSession session = request.getSession(false);
            if (session != null) {
                session.invalidate();
            }
            SecurityContextHolder.clearContext();
            throw e;
        }
        response.setStatus(HttpStatus.NO_CONTENT.value());
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        // what was typed may be a password, so only the names of real accounts are written down
        String resource = accounts.findByUsername(username(request))
                .map(account -> "staff/" + account.username())
                .orElse("staff/unknown");
        boolean shutNow = Boolean.TRUE.equals(request.getAttribute(SHUT_NOW));
        transactions.run(() -> audit.refused(shutNow ? "sign-in-and-shut" : "sign-in", resource));
        problems.write(
                response,
                Problem.of(
                        HttpStatus.UNAUTHORIZED.value(),
                        "Sign-in refused",
                        "sign-in-refused",
                        "username or password is wrong"));
    }

    @Override
    public void onLogoutSuccess(
            HttpServletRequest request, HttpServletResponse response, @Nullable Authentication authentication)
            throws IOException {
        if (authentication != null) {
            // the security context is empty by now, and the row must name who left
            var context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(authentication);
            SecurityContextHolder.setContext(context);
            try {
                transactions.run(() -> audit.write("sign-out", "staff/" + authentication.getName(), null, 0, null));
            } finally {
                SecurityContextHolder.clearContext();
            }
        }
        response.setStatus(HttpStatus.NO_CONTENT.value());
    }

    /** Nobody is signed in. What there is under /api, only people who are signed in learn. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException {
        if (!(request.getAttribute(Gatekeeper.CLOSED) instanceof String)
                && !(request.getAttribute(Gatekeeper.OTHER_METHODS) instanceof String)
                && !API.matches(request)) {
            nothingHere(response);
            return;
        }
        problems.write(
                response, Problem.of(HttpStatus.UNAUTHORIZED.value(), "Nobody is signed in", "sign-in-needed", null));
    }

    /** Somebody is, but it is not for them; or there is no such place, which only people who are signed in learn. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException cause)
            throws IOException {
        if (cause instanceof CsrfException) {
            problems.write(
                    response,
                    Problem.of(
                            HttpStatus.FORBIDDEN.value(),
                            "The request may come from another site",
                            "csrf",
                            "send the cookie XSRF-TOKEN back as the header X-XSRF-TOKEN"));
            return;
        }
        if (request.getAttribute(Gatekeeper.OTHER_METHODS) instanceof String methods) {
            response.setHeader(HttpHeaders.ALLOW, methods);
            problems.write(
                    response,
                    Problem.of(
                            HttpStatus.METHOD_NOT_ALLOWED.value(), "Not by this method", "method-not-allowed", null));
            return;
        }
        if (!(request.getAttribute(Gatekeeper.CLOSED) instanceof String pattern)) {
            nothingHere(response);
            return;
        }
        audit.refused(request.getMethod().toLowerCase(Locale.ROOT) + " " + pattern, "route/" + pattern);
        problems.write(
                response, Problem.of(HttpStatus.FORBIDDEN.value(), "Your roles do not allow this", "role", null));
    }

    /** A request that no sound client sends: encoded slashes, control characters, a path that climbs. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException cause)
            throws IOException {
        log.debug("Request rejected: {}", cause.getMessage());
        if (request.getRequestURI().startsWith("/fhir")) {
            Outcome.malformed(response, json);
            return;
        }
        problems.write(
                response,
                Problem.of(HttpStatus.BAD_REQUEST.value(), "The request is malformed", "malformed-request", null));
    }

    private static String username(HttpServletRequest request) {
        return PasswordSignIn.normal(request.getParameter("username"));
    }

    private void nothingHere(HttpServletResponse response) throws IOException {
        problems.write(
                response, Problem.of(HttpStatus.NOT_FOUND.value(), "There is nothing here", "no-such-route", null));
    }
}
