package clinicops.staffweb.gateway;

import clinicops.outbox.EventContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * What passes between an insurer and the FHIR door of billing, which decides. The insurer's own token goes through as it is and
 * none is minted: a staff session opens nothing here.
 */
final class InsurerPassage implements HandlerFilterFunction<ServerResponse, ServerResponse> {
    private static final String CORRELATION_ID = "X-Correlation-Id";

    private static final PassingHeaders IN = PassingHeaders.named(
            HttpHeaders.ACCEPT,
            HttpHeaders.ACCEPT_LANGUAGE,
            HttpHeaders.AUTHORIZATION,
            HttpHeaders.CONTENT_ENCODING,
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.IF_MATCH,
            HttpHeaders.IF_MODIFIED_SINCE,
            HttpHeaders.IF_NONE_MATCH,
            "If-None-Exist",
            "Prefer");
    private static final PassingHeaders OUT = PassingHeaders.named(
            HttpHeaders.ALLOW,
            HttpHeaders.CACHE_CONTROL,
            HttpHeaders.CONTENT_LANGUAGE,
            HttpHeaders.CONTENT_LENGTH,
            HttpHeaders.CONTENT_LOCATION,
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.ETAG,
            HttpHeaders.LAST_MODIFIED,
            HttpHeaders.LOCATION,
            HttpHeaders.RETRY_AFTER,
            HttpHeaders.WWW_AUTHENTICATE);

    private final String service;

    InsurerPassage(String service) {
        this.service = service;
    }

    @Override
    public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
        if (request.headers().header(HttpHeaders.AUTHORIZATION).size() > 1) {
            // which one the door would go by is anybody's guess
            return refusal(
                    HttpStatus.BAD_REQUEST,
                    Outcome.of("invalid", "malformed-request", "only one Authorization header is taken"));
        }
        try {
            ServerResponse answer = next.handle(outgoing(request));
            OUT.strip(answer.headers());
            return answer;
        } catch (Exception e) {
            NoAnswer none = NoAnswer.of(service, e);
            return refusal(none.status(), Outcome.of(none.fhirType(), none.rule(), none.detail()));
        }
    }

    private static ServerRequest outgoing(ServerRequest request) {
        String correlationId = EventContext.correlationId();
        return ServerRequest.from(request)
                .headers(headers -> {
                    IN.strip(headers);
                    if (correlationId != null) {
                        headers.set(CORRELATION_ID, correlationId);
                    }
                })
                .build();
    }

    private static ServerResponse refusal(HttpStatus status, Outcome outcome) {
        var answer = ServerResponse.status(status).contentType(Outcome.MEDIA_TYPE);
        if (status == HttpStatus.SERVICE_UNAVAILABLE) {
            answer.header(HttpHeaders.RETRY_AFTER, "5");
        }
        return answer.body(outcome);
    }
}
