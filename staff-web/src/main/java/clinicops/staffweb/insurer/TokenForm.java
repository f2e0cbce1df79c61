package clinicops.staffweb.insurer;

import clinicops.staffweb.gateway.RefusalLimit;
import com.mongodb.MongoException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets only a small form by POST through to the token endpoint, and not too often from where everything is refused. Not a bean,
 * or it would run outside the security chain too.
 */
final class TokenForm extends OncePerRequestFilter {
    private static final Logger log = LoggerFactory.getLogger(TokenForm.class);
    /** An assertion signed with the longest key that is taken has under 3 KB. */
    private static final int MOST_BYTES = 8 * 1024;

    private static final String INVALID_REQUEST = OAuth2ErrorCodes.INVALID_REQUEST;

    private final RefusalLimit limit;
    private final TokenAnswers answers;

    TokenForm(RefusalLimit limit, TokenAnswers answers) {
        this.limit = limit;
        this.answers = answers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!HttpMethod.POST.matches(request.getMethod())) {
            response.setHeader(HttpHeaders.ALLOW, HttpMethod.POST.name());
            answers.write(response, HttpStatus.METHOD_NOT_ALLOWED, INVALID_REQUEST, "tokens are asked for by POST");
            return;
        }
        Duration deaf = limit.deafFor(request.getRemoteAddr());
        if (deaf.isPositive()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, deaf.toSeconds())));
            answers.write(
                    response,
                    HttpStatus.TOO_MANY_REQUESTS,
                    "temporarily_unavailable",
                    "too many refused requests from this address");
            return;
        }
        if (!isForm(request.getContentType())) {
            answers.write(
                    response,
                    HttpStatus.BAD_REQUEST,
                    INVALID_REQUEST,
                    "send " + MediaType.APPLICATION_FORM_URLENCODED_VALUE);
            return;
        }
        if (request.getQueryString() != null) {
            // addresses end up in logs
            answers.write(response, HttpStatus.BAD_REQUEST, INVALID_REQUEST, "send everything in the form");
            return;
        }
        if (request.getContentLengthLong() > MOST_BYTES || !readable(request)) {
            answers.write(response, HttpStatus.BAD_REQUEST, INVALID_REQUEST, "the form is too large or malformed");
            return;
        }
        try {
            chain.doFilter(request, response);
        } catch (DataAccessException | TransactionException | MongoException e) {
            log.warn("No token can be issued at the moment: {}", e.getClass().getSimpleName());
            response.setHeader(HttpHeaders.RETRY_AFTER, "5");
            answers.write(
                    response,
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "temporarily_unavailable",
                    "the database is away; try again with a new assertion");
        }
    }

    private static boolean isForm(@Nullable String contentType) {
        return contentType != null
                && contentType.split(";", 2)[0].strip().equalsIgnoreCase(MediaType.APPLICATION_FORM_URLENCODED_VALUE);
    }

    /** The container gives up here on a form of no declared length that turns out too large, or that can't be decoded. */
    private static boolean readable(HttpServletRequest request) {
        try {
            request.getParameterMap();
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
