package clinicops.chassis.time;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** No request in a demo meets a clock that stands before a move that was acknowledged, whichever copy takes it. */
final class ClockOfTheRequest extends OncePerRequestFilter {
    private final StoredClock clock;

    ClockOfTheRequest(StoredClock clock) {
        this.clock = clock;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return !path.startsWith("/api/") && !path.startsWith("/fhir/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        clock.catchUp();
        chain.doFilter(request, response);
    }
}
