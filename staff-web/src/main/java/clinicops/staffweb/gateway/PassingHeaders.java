package clinicops.staffweb.gateway;

import clinicops.outbox.EventContext;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.ServerRequest;

/** Headers that go through a passage; every other one stays behind. */
final class PassingHeaders {
    private static final String CORRELATION_ID = "X-Correlation-Id";

    private final Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    private PassingHeaders(List<String> names) {
        this.names.addAll(names);
    }

    static PassingHeaders named(String... names) {
        return new PassingHeaders(List.of(names));
    }

    /**
     * The request as it goes to the service: these headers, the correlation id, and what the passage adds.
     *
     * @param adding runs when everything else is left behind
     */
    ServerRequest carry(ServerRequest request, Consumer<HttpHeaders> adding) {
        String correlationId = EventContext.correlationId();
        return ServerRequest.from(request)
                .headers(headers -> {
                    strip(headers);
                    adding.accept(headers);
                    if (correlationId != null) {
                        headers.set(CORRELATION_ID, correlationId);
                    }
                })
                .build();
    }

    void strip(HttpHeaders headers) {
        headers.headerNames().stream()
                .filter(name -> !names.contains(name))
                .toList()
                .forEach(headers::remove);
    }
}
