package clinicops.staffweb.gateway;

import clinicops.chassis.Problem;
import clinicops.chassis.RuleViolation;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * What passes between a patient's page and the patients' door of intake, which decides. The token that the page was given for
 * its link goes through as it is and none is minted: a staff session opens nothing here.
 */
final class PatientPassage implements HandlerFilterFunction<ServerResponse, ServerResponse> {
    static final String PATH = "/patient/api/**";

    private static final PassingHeaders IN = PassingHeaders.named(
            HttpHeaders.ACCEPT, HttpHeaders.AUTHORIZATION, HttpHeaders.CONTENT_TYPE, HttpHeaders.IF_MATCH);
    private static final PassingHeaders OUT = PassingHeaders.named(
            HttpHeaders.ALLOW,
            HttpHeaders.CACHE_CONTROL,
            HttpHeaders.CONTENT_LENGTH,
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.ETAG,
            HttpHeaders.RETRY_AFTER,
            HttpHeaders.WWW_AUTHENTICATE);

    private final String service;

    PatientPassage(String service) {
        this.service = service;
    }

    @Override
    public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
        if (request.headers().header(HttpHeaders.AUTHORIZATION).size() > 1) {
            // which one the door would go by is anybody's guess
            throw RuleViolation.malformed("malformed-request", "only one Authorization header is taken");
        }
        try {
            ServerResponse answer = next.handle(IN.carry(request, _ -> {}));
            OUT.strip(answer.headers());
            return answer;
        } catch (Exception e) {
            NoAnswer none = NoAnswer.of(service, e);
            var refusal = ServerResponse.status(none.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
            if (none.status() == HttpStatus.SERVICE_UNAVAILABLE) {
                refusal.header(HttpHeaders.RETRY_AFTER, "5");
            }
            return refusal.body(Problem.of(none.status().value(), none.title(), none.rule(), none.detail()));
        }
    }
}
