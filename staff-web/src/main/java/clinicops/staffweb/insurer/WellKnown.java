package clinicops.staffweb.insurer;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** Where programs learn how to get a token: SMART App Launch 2 "Conformance" and RFC 8414. Open: there is no secret in it. */
@Configuration(proxyBeanMethods = false)
class WellKnown {
    static final String SMART = "/fhir/.well-known/smart-configuration";
    static final String OAUTH = "/.well-known/oauth-authorization-server";

    private static final Duration KEPT_FOR = Duration.ofMinutes(10);

    /** A route function, and the first: the way to the FHIR door is one too, and leads past every controller. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    RouterFunction<ServerResponse> wellKnownDocuments(
            @Value("${clinicops.public-url}") String publicUrl, @Value("${clinicops.issuer}") String issuer) {
        Map<String, Object> endpoint = new LinkedHashMap<>();
        endpoint.put("issuer", issuer);
        endpoint.put("jwks_uri", publicUrl.replaceAll("/+$", "") + "/oauth2/jwks");
        endpoint.put("token_endpoint", TokenDoor.tokenEndpoint(publicUrl));
        endpoint.put("grant_types_supported", List.of("client_credentials"));
        endpoint.put("token_endpoint_auth_methods_supported", List.of("private_key_jwt"));
        endpoint.put("token_endpoint_auth_signing_alg_values_supported", AssertionCheck.ALGORITHMS);
        endpoint.put("scopes_supported", Insurer.SCOPES);
        Map<String, Object> oauth = new LinkedHashMap<>(endpoint);
        // RFC 8414 wants it named; there is no authorization endpoint that could answer
        oauth.put("response_types_supported", List.of());
        Map<String, Object> smart = new LinkedHashMap<>(endpoint);
        smart.put("capabilities", List.of("client-confidential-asymmetric", "permission-v2"));
        return RouterFunctions.route()
                .GET(OAUTH, _ -> document(oauth))
                .GET(SMART, _ -> document(smart))
                .build();
    }

    private static ServerResponse document(Map<String, Object> content) {
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.maxAge(KEPT_FOR).cachePublic())
                .body(content);
    }
}
