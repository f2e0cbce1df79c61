package clinicops.chassis.web;

import clinicops.outbox.EventContext;
import clinicops.outbox.Ids;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * One id for everything that a request sets off: taken from the caller or made here, on the answer, on every event, in every
 * log line.
 */
final class CorrelationFilter extends OncePerRequestFilter {
    static final String HEADER = "X-Correlation-Id";
    private static final Pattern ACCEPTABLE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final String service;

    CorrelationFilter(String service) {
        this.service = service;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String given = request.getHeader(HEADER);
        String id = given != null && ACCEPTABLE.matcher(given).matches() ? given : Ids.next();
        response.setHeader(HEADER, id);
        try (var scope = EventContext.open(id, null);
                var inService = MDC.putCloseable("service", service);
                var inRequest = MDC.putCloseable("correlationId", id)) {
            chain.doFilter(request, response);
        }
    }
}
