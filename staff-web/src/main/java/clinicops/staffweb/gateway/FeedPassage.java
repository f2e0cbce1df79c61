package clinicops.staffweb.gateway;

import clinicops.chassis.Problem;
import clinicops.staffweb.token.TokenMint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * What passes between somebody's calendar and scheduling's feeds. A calendar program signs in nowhere: the secret in its link
 * is the key, which scheduling judges. The token that is minted here only says that the front door let it through.
 */
final class FeedPassage implements HandlerFilterFunction<ServerResponse, ServerResponse> {
    static final String PATH = "/feeds/**";

    private static final String AUDIENCE = "scheduling-feeds";
    private static final String CALENDAR = "calendar";
    private static final int REFUSALS_A_MINUTE = 60;

    private static final PassingHeaders IN = PassingHeaders.named(HttpHeaders.ACCEPT);
    private static final PassingHeaders OUT = PassingHeaders.named(
            HttpHeaders.CACHE_CONTROL, HttpHeaders.CONTENT_LENGTH, HttpHeaders.CONTENT_TYPE, HttpHeaders.RETRY_AFTER);

    private final TokenMint mint;
    private final RefusalLimit limit = new RefusalLimit(REFUSALS_A_MINUTE, InstantSource.system());

    FeedPassage(TokenMint mint) {
        this.mint = mint;
    }

    @Override
    public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
        String address = request.servletRequest().getRemoteAddr();
        Duration deaf = limit.deafFor(address);
        if (deaf.isPositive()) {
            return refusal(HttpStatus.TOO_MANY_REQUESTS, "Too many links that open nothing", "link-throttled");
        }
        try {
            ServerResponse answer = next.handle(IN.carry(
                    request, headers -> headers.setBearerAuth(mint.mint(CALENDAR, AUDIENCE, Map.of("scope", "feed")))));
            OUT.strip(answer.headers());
            if (answer.statusCode().is4xxClientError()) {
                limit.count(address);
            }
            return answer;
        } catch (Exception e) {
            NoAnswer none = NoAnswer.of("scheduling", e);
            return refusal(none.status(), none.title(), none.rule());
        }
    }

    private static ServerResponse refusal(HttpStatus status, String title, String rule) {
        return ServerResponse.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header(HttpHeaders.RETRY_AFTER, "60")
                .body(Problem.of(status.value(), title, rule, null));
    }
}
