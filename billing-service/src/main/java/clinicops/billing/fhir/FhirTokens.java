package clinicops.billing.fhir;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/**
 * Checks insurers' tokens: of the one issuer, for the audience {@code fhir}, naming a payer, not expired. A token that was
 * accepted is remembered until it expires, because a signature costs more than a search; refusals are not remembered.
 */
final class FhirTokens implements AuthenticationManager {
    static final String AUDIENCE = "fhir";
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);
    private static final int MOST_REMEMBERED = 1_000;

    private final NimbusJwtDecoder decoder;
    private final InstantSource system;
    private final Cache<String, FhirAuthentication> accepted =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

    FhirTokens(JWKSource<SecurityContext> issuerKeys, String issuer, InstantSource system) {
        this.system = system;
        decoder = NimbusJwtDecoder.withJwkSource(issuerKeys)
                .jwsAlgorithms(algorithms -> algorithms.add(SignatureAlgorithm.RS256))
                .build();
        var expiry = new JwtTimestampValidator(CLOCK_SKEW);
        expiry.setAllowEmptyExpiryClaim(false);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                new JwtIssuerValidator(issuer),
                new JwtAudienceValidator(AUDIENCE),
                text("sub"),
                text("payer_id"),
                text("scope"),
                expiry));
    }

    private static JwtClaimValidator<Object> text(String claim) {
        return new JwtClaimValidator<>(claim, value -> value instanceof String text && !text.isBlank());
    }

    @Override
    public Authentication authenticate(Authentication bearer) {
        String token = ((BearerTokenAuthenticationToken) bearer).getToken();
        FhirAuthentication known = accepted.getIfPresent(token);
        if (known != null) {
            if (Instant.ofEpochMilli(system.millis()).isBefore(known.expiresAt())) {
                return known;
            }
            accepted.invalidate(token);
        }
        FhirAuthentication checked = insurer(decoded(token));
        accepted.put(token, checked);
        return checked;
    }

    private Jwt decoded(String token) {
        try {
            return decoder.decode(token);
        } catch (BadJwtException refused) {
            throw new InvalidBearerTokenException("the token is not accepted", refused);
        } catch (JwtException unchecked) {
            throw new AuthenticationServiceException("the token can't be checked", unchecked);
        }
    }

    private static FhirAuthentication insurer(Jwt token) {
        var caller = new FhirCaller(
                Objects.requireNonNull(token.getSubject()),
                Objects.requireNonNull(token.getClaimAsString("payer_id")),
                // whatever is not plainly trusted is validated
                !"strict".equals(token.getClaimAsString("fhir_validation")),
                Set.of(Objects.requireNonNull(token.getClaimAsString("scope"))
                        .strip()
                        .split(" +")));
        return new FhirAuthentication(caller, Objects.requireNonNull(token.getExpiresAt()));
    }
}
