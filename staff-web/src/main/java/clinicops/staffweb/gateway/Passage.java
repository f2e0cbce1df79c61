package clinicops.staffweb.gateway;

import clinicops.chassis.Caller;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.web.BodyLimitFilter.BodyTooLarge;
import clinicops.outbox.EventContext;
import clinicops.staffweb.token.TokenMint;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.server.mvc.common.MvcUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * What passes between a browser and one service. Only headers that are named here go through, in either direction: no cookie,
 * no address that a client claims to have, no token but the one minted here.
 */
final class Passage implements HandlerFilterFunction<ServerResponse, ServerResponse> {
    private static final Logger log = LoggerFactory.getLogger(Passage.class);
    private static final String CORRELATION_ID = "X-Correlation-Id";

    private static final Set<String> IN = named(
            HttpHeaders.ACCEPT,
            HttpHeaders.ACCEPT_LANGUAGE,
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.CONTENT_LANGUAGE,
            HttpHeaders.IF_MATCH,
            HttpHeaders.IF_NONE_MATCH,
            "Idempotency-Key");
    private static final Set<String> OUT = named(
            HttpHeaders.ALLOW,
            HttpHeaders.CACHE_CONTROL,
            HttpHeaders.CONTENT_DISPOSITION,
            HttpHeaders.CONTENT_LANGUAGE,
            HttpHeaders.CONTENT_LENGTH,
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.ETAG,
            HttpHeaders.LAST_MODIFIED,
            HttpHeaders.LOCATION,
            HttpHeaders.RETRY_AFTER);

    private final String service;
    private final TokenMint mint;

    Passage(String service, TokenMint mint) {
        this.service = service;
        this.mint = mint;
    }

    /**
     * The service could not be asked, or not be understood.
     *
     * @param service which one
     */
    record ServiceProblem(
            String type, String title, int status, String detail, String rule, String service, List<String> errors) {}

    @Override
    public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
        // a query that can't be read, or has a value without a name, is the caller's fault: found here, not in the
        // route
        requireReadable(request.params());
        try {
            ServerResponse answer = next.handle(outgoing(request));
            if (answer.statusCode().isSameCodeAs(HttpStatus.UNAUTHORIZED)) {
                // to the browser a 401 would mean that it is signed out, which it is not
                letGo(request);
                return problem(
                        HttpStatus.BAD_GATEWAY,
                        "The service does not trust the front door",
                        "service-distrusts-front-door",
                        "nothing was done");
            }
            answer.headers().headerNames().stream()
                    .filter(name -> !OUT.contains(name))
                    .toList()
                    .forEach(answer.headers()::remove);
            return answer;
        } catch (Exception e) {
            return failed(e);
        }
    }

    private static void requireReadable(MultiValueMap<String, String> query) {
        if (query.containsKey("")) {
            throw RuleViolation.malformed("malformed-query", "every query parameter needs a name");
        }
    }

    private ServerRequest outgoing(ServerRequest request) {
        HttpSession session = request.servletRequest().getSession(false);
        String token = session == null
                ? mint.mint(Caller.current(), service)
                : mint.mint(session.getId(), Caller.current(), service);
        String correlationId = EventContext.correlationId();
        return ServerRequest.from(request)
                .headers(headers -> {
                    headers.headerNames().stream()
                            .filter(name -> !IN.contains(name))
                            .toList()
                            .forEach(headers::remove);
                    headers.setBearerAuth(token);
                    if (correlationId != null) {
                        headers.set(CORRELATION_ID, correlationId);
                    }
                })
                .build();
    }

    private ServerResponse failed(Exception failure) {
        if (caused(failure, BodyTooLarge.class)) {
            return problem(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "The body is too large",
                    "body-too-large",
                    "the service got only its beginning and did nothing");
        }
        if (caused(failure, ConnectException.class) || caused(failure, HttpConnectTimeoutException.class)) {
            return problem(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "The service is down",
                    "service-down",
                    "nothing was done; try again shortly");
        }
        if (caused(failure, HttpTimeoutException.class)) {
            return problem(
                    HttpStatus.GATEWAY_TIMEOUT,
                    "The service did not answer in time",
                    "service-slow",
                    "whether it was done is not known; look before you try again");
        }
        // without messages: they quote the address, and a search has a patient's name in it
        log.warn("No answer from {}: {}", service, kinds(failure));
        if (caused(failure, IOException.class) || caused(failure, ClosedChannelException.class)) {
            return problem(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "The service broke off",
                    "service-down",
                    "whether it was done is not known; look before you try again");
        }
        return problem(
                HttpStatus.BAD_GATEWAY,
                "The service's answer could not be passed on",
                "service-answer-unreadable",
                "whether it was done is not known; look before you try again");
    }

    private ServerResponse problem(HttpStatus status, String title, String rule, String detail) {
        return ServerResponse.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(new ServiceProblem(
                        "urn:clinicops:problem:" + rule, title, status.value(), detail, rule, service, List.of()));
    }

    private static void letGo(ServerRequest request) {
        if (MvcUtils.getAttribute(request, MvcUtils.CLIENT_RESPONSE_ATTR) instanceof ClientHttpResponse unread) {
            unread.close();
        }
    }

    private static String kinds(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .map(cause -> cause.getClass().getName())
                .collect(Collectors.joining(" < "));
    }

    private static boolean caused(@Nullable Throwable failure, Class<? extends Throwable> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> named(String... names) {
        var set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(List.of(names));
        return set;
    }
}
