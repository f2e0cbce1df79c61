package clinicops.staffweb.patientdoor;

import clinicops.outbox.EventContext;
import clinicops.staffweb.gateway.ClinicServices;
import clinicops.staffweb.token.TokenMint;
import java.net.URI;
import java.util.Map;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks notification, which keeps the links, what a patient's token is good for. */
@Component
class LinkRedemptions {
    private static final Logger log = LoggerFactory.getLogger(LinkRedemptions.class);

    /** What came of asking. */
    sealed interface Outcome {
        /**
         * @param purpose paperwork, assessment
         * @param resource what the link opens, in intake's words
         * @param language en, es
         */
        record Opens(String linkId, String patientId, String purpose, String resource, String language)
                implements Outcome {}

        /** Garbage, forged, unknown or revoked: not told apart. */
        record Refused() implements Outcome {}

        /** Genuine, but too late. */
        record Expired() implements Outcome {}

        /** Notification could not be asked, or not be understood. */
        record NoAnswer() implements Outcome {}
    }

    private final URI redemption;
    private final TokenMint mint;
    private final RestClient client;
    private final JsonMapper json = JsonMapper.shared();

    LinkRedemptions(ClinicServices services, TokenMint mint, CloseableHttpClient serviceHttpClient) {
        this.redemption = URI.create(services.notification() + "/links/redemption");
        this.mint = mint;
        this.client = RestClient.builder()
                .requestFactory(new HttpComponentsClientHttpRequestFactory(serviceHttpClient))
                .build();
    }

    Outcome redeem(String token) {
        try {
            Outcome outcome = client.post()
                    .uri(redemption)
                    .headers(headers -> {
                        headers.setBearerAuth(mint.mint("staff-web", "links", Map.of("scope", "redeem")));
                        String correlationId = EventContext.correlationId();
                        if (correlationId != null) {
                            headers.set("X-Correlation-Id", correlationId);
                        }
                    })
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(json.writeValueAsBytes(Map.of("token", token)))
                    .exchange((_, response) -> outcome(
                            response.getStatusCode().value(), response.getBody().readAllBytes()));
            return outcome == null ? new Outcome.NoAnswer() : outcome;
        } catch (RuntimeException e) {
            // without the message: it may quote what was sent
            log.warn("No answer from notification to a link: {}", e.getClass().getName());
            return new Outcome.NoAnswer();
        }
    }

    private Outcome outcome(int status, byte[] body) {
        JsonNode said;
        try {
            said = json.readTree(body);
        } catch (JacksonException e) {
            said = json.createObjectNode();
        }
        String rule = said.path("rule").asString("");
        if (status == 200) {
            return new Outcome.Opens(
                    said.path("linkId").asString(),
                    said.path("patientId").asString(),
                    said.path("purpose").asString(),
                    said.path("resource").asString(),
                    said.path("language").asString("en"));
        }
        if (rule.equals("link-expired")) {
            return new Outcome.Expired();
        }
        if (rule.equals("link-refused") || status == 400) {
            return new Outcome.Refused();
        }
        log.warn("Notification answers {} {} to a link", status, rule);
        return new Outcome.NoAnswer();
    }
}
