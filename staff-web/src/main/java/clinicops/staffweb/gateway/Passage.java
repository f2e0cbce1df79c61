package clinicops.staffweb.gateway;

import clinicops.chassis.Caller;
import clinicops.chassis.RuleViolation;
import clinicops.staffweb.token.TokenMint;
import jakarta.servlet.http.HttpSession;
import java.util.List;
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
    /** Where the request came from, for signatures: intake keeps a salted hash of it. */
    private static final String CLIENT_ADDRESS = "X-Client-Address";

    private static final PassingHeaders IN = PassingHeaders.named(
            HttpHeaders.ACCEPT,
            HttpHeaders.ACCEPT_LANGUAGE,
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.CONTENT_LANGUAGE,
            HttpHeaders.IF_MATCH,
            HttpHeaders.IF_NONE_MATCH,
            "Idempotency-Key");
    private static final PassingHeaders OUT = PassingHeaders.named(
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
            OUT.strip(answer.headers());
            return answer;
        } catch (Exception e) {
            NoAnswer none = NoAnswer.of(service, e);
            return problem(none.status(), none.title(), none.rule(), none.detail());
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
        return IN.carry(request, headers -> {
            headers.setBearerAuth(token);
            headers.set(CLIENT_ADDRESS, request.servletRequest().getRemoteAddr());
        });
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
}
