package clinicops.billing.fhir;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What holds for every request at this door before HAPI sees it: a body of bearable size, JSON in and JSON out, a query that can
 * be decoded.
 */
final class FhirRequestFilter extends OncePerRequestFilter {
    private static final long LARGEST_BODY = 1024L * 1024;
    private static final Set<String> READ = Set.of("application/fhir+json", "application/json");
    private static final Set<String> WRITTEN =
            Set.of("application/fhir+json", "application/json", "application/*", "*/*");
    private static final Set<String> FORMATS = Set.of("json", "application/json", "application/fhir+json");

    private final FhirOutcomes outcomes;

    FhirRequestFilter(FhirOutcomes outcomes) {
        this.outcomes = outcomes;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        FhirRefusal refusal = refusal(request);
        if (refusal != null) {
            outcomes.write(response, refusal);
            return;
        }
        chain.doFilter(request, response);
    }

    private static @Nullable FhirRefusal refusal(HttpServletRequest request) {
        if (request.getContentLengthLong() > LARGEST_BODY) {
            return FhirOutcomes.bodyTooLarge();
        }
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return new FhirRefusal(
                    415,
                    IssueType.NOTSUPPORTED,
                    "unsupported-media-type",
                    "send it uncompressed",
                    "http.Content-Encoding");
        }
        if (request.getMethod().equals("POST") && !readable(request)) {
            return new FhirRefusal(
                    415,
                    IssueType.NOTSUPPORTED,
                    "unsupported-media-type",
                    isSearch(request)
                            ? "send application/x-www-form-urlencoded"
                            : "send application/fhir+json in UTF-8",
                    "http.Content-Type");
        }
        if (!acceptable(request)) {
            return new FhirRefusal(
                    406, IssueType.NOTSUPPORTED, "not-acceptable", "answers are application/fhir+json", "http.Accept");
        }
        return query(request.getQueryString());
    }

    private static boolean isSearch(HttpServletRequest request) {
        return request.getRequestURI().endsWith("/_search");
    }

    private static boolean readable(HttpServletRequest request) {
        String type = request.getContentType();
        if (isSearch(request)) {
            return type == null || mediaType(type).equals("application/x-www-form-urlencoded");
        }
        if (type == null || !READ.contains(mediaType(type))) {
            return false;
        }
        String parameters = type.toLowerCase(Locale.ROOT);
        int charset = parameters.indexOf("charset=");
        return charset < 0
                || parameters.substring(charset + 8).replace("\"", "").startsWith("utf-8");
    }

    private static boolean acceptable(HttpServletRequest request) {
        var accepted = request.getHeaders("Accept");
        if (!accepted.hasMoreElements()) {
            return true;
        }
        while (accepted.hasMoreElements()) {
            for (String range : accepted.nextElement().split(",", -1)) {
                if (WRITTEN.contains(mediaType(range))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static @Nullable FhirRefusal query(@Nullable String query) {
        if (query == null) {
            return null;
        }
        try {
            for (String pair : query.split("&", -1)) {
                String decoded = URLDecoder.decode(pair, StandardCharsets.UTF_8);
                if (decoded.startsWith("_format=") && !FORMATS.contains(mediaType(decoded.substring(8)))) {
                    return new FhirRefusal(
                            406, IssueType.NOTSUPPORTED, "not-acceptable", "answers are JSON", "http._format");
                }
            }
        } catch (IllegalArgumentException undecodable) {
            return new FhirRefusal(400, IssueType.INVALID, "malformed-query", "the query can't be decoded", null);
        }
        return null;
    }

    private static String mediaType(String value) {
        int parameters = value.indexOf(';');
        // a plus in a query decodes to a space
        return (parameters < 0 ? value : value.substring(0, parameters))
                .strip()
                .replace(' ', '+')
                .toLowerCase(Locale.ROOT);
    }
}
