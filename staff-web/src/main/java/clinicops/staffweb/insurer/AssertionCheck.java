package clinicops.staffweb.insurer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.stereotype.Component;

/**
 * Whether an assertion is its client's, meant for this token endpoint, of this moment, and new (SMART App Launch 2, "Client
 * authentication: asymmetric"; RFC 7523). First the signature, by a registered key that is good for its algorithm; then what is
 * claimed; and last, when nothing else is wrong, that it never came before. Times go by the system's clock.
 */
@Component
class AssertionCheck implements JwtDecoderFactory<RegisteredClient> {
    /** Not the business clock: this must not move with a demo. */
    private static final InstantSource SYSTEM = InstantSource.system();

    /** Of the algorithms that SMART asks a server for, all. */
    static final List<String> ALGORITHMS = List.of("RS384", "ES384");

    /** How long an assertion may be good for, as SMART limits it. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    /** How far two honest clocks may be apart. */
    static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

    private static final int MOST_JTI_CHARACTERS = 200;
    private static final Set<JOSEObjectType> TYPES =
            Set.of(JOSEObjectType.JWT, new JOSEObjectType("client-authentication+jwt"));

    private final UsedAssertions used;
    private final String audience;

    AssertionCheck(UsedAssertions used, @Value("${clinicops.public-url}") String publicUrl) {
        this.used = used;
        this.audience = TokenDoor.tokenEndpoint(publicUrl);
    }

    @Override
    public JwtDecoder createDecoder(RegisteredClient client) {
        Insurer insurer = InsurerClients.insurer(client);
        return assertion -> check(insurer, assertion);
    }

    private Jwt check(Insurer insurer, String assertion) {
        SignedJWT jwt;
        try {
            jwt = SignedJWT.parse(assertion);
        } catch (ParseException e) {
            throw new AssertionRefused("assertion-malformed", "the assertion is no signed JWT", false);
        }
        checkSignature(insurer, jwt);
        JWTClaimsSet claims;
        try {
            claims = jwt.getJWTClaimsSet();
        } catch (ParseException e) {
            throw refused("assertion-malformed", "the claims of the assertion can't be read");
        }
        checkParties(insurer, claims);
        Instant expiry = checkTimes(claims);
        String jti = claims.getJWTID();
        if (jti == null || jti.isBlank()) {
            throw refused("assertion-jti-missing", "jti is missing");
        }
        if (jti.length() > MOST_JTI_CHARACTERS) {
            throw refused("assertion-jti-too-long", "jti has at most " + MOST_JTI_CHARACTERS + " characters");
        }
        if (!used.use(insurer.id(), jti, expiry)) {
            throw refused("assertion-replayed", "this jti was used before");
        }
        return Jwt.withTokenValue(assertion)
                .header("alg", jwt.getHeader().getAlgorithm().getName())
                .subject(insurer.id())
                .jti(jti)
                .expiresAt(expiry)
                .build();
    }

    private static void checkSignature(Insurer insurer, SignedJWT jwt) {
        JWSHeader header = jwt.getHeader();
        if (!ALGORITHMS.contains(header.getAlgorithm().getName())) {
            throw new AssertionRefused("assertion-algorithm", "sign the assertion by RS384 or ES384", false);
        }
        if (header.getType() != null && !TYPES.contains(header.getType())) {
            throw new AssertionRefused("assertion-type", "the header's typ is JWT", false);
        }
        if (header.getKeyID() == null) {
            throw new AssertionRefused("assertion-kid-missing", "the header names its key as kid", false);
        }
        // only what was registered: keys and addresses of keys in the header are not looked at
        InsurerKey key = insurer.keys().stream()
                .filter(registered -> registered.kid().equals(header.getKeyID()))
                .findFirst()
                .orElseThrow(() -> new AssertionRefused("assertion-key-unknown", TokenAnswers.NOT_PROVEN, false));
        if (!key.algorithm().equals(header.getAlgorithm().getName())) {
            throw new AssertionRefused("assertion-algorithm", TokenAnswers.NOT_PROVEN, false);
        }
        boolean valid;
        try {
            valid = jwt.verify(verifier(key));
        } catch (JOSEException e) {
            valid = false;
        }
        if (!valid) {
            throw new AssertionRefused("assertion-signature", TokenAnswers.NOT_PROVEN, false);
        }
    }

    private static JWSVerifier verifier(InsurerKey key) throws JOSEException {
        try {
            JWK jwk = JWK.parse(key.jwk());
            return switch (jwk) {
                case RSAKey rsa -> new RSASSAVerifier(rsa);
                case ECKey ec -> new ECDSAVerifier(ec);
                default -> throw new IllegalStateException("Key " + key.kid() + " is of a type that is never stored");
            };
        } catch (ParseException e) {
            throw new IllegalStateException("Key " + key.kid() + " in the database is damaged", e);
        }
    }

    private void checkParties(Insurer insurer, JWTClaimsSet claims) {
        if (!insurer.id().equals(claims.getSubject()) || !insurer.id().equals(claims.getIssuer())) {
            throw refused("assertion-issuer", "iss and sub are both the client id");
        }
        // made for us alone: what another server may take too, it could also send here
        if (!List.of(audience).equals(claims.getAudience())) {
            throw refused("assertion-audience", "aud is " + audience);
        }
    }

    /** @return when the assertion expires */
    private static Instant checkTimes(JWTClaimsSet claims) {
        Instant now = SYSTEM.instant();
        Instant expiry = instant(claims.getExpirationTime());
        if (expiry == null) {
            throw refused("assertion-exp-missing", "exp is missing");
        }
        if (!expiry.isAfter(now.minus(CLOCK_SKEW))) {
            throw refused("assertion-expired", "the assertion has expired");
        }
        if (expiry.isAfter(now.plus(LONGEST).plus(CLOCK_SKEW))) {
            throw refused("assertion-exp-too-far", "exp is at most five minutes ahead");
        }
        Instant latestStart = now.plus(CLOCK_SKEW);
        Instant issued = instant(claims.getIssueTime());
        if (issued != null && issued.isAfter(latestStart)) {
            throw refused("assertion-iat-in-future", "iat is in the future");
        }
        Instant notBefore = instant(claims.getNotBeforeTime());
        if (notBefore != null && notBefore.isAfter(latestStart)) {
            throw refused("assertion-not-yet-valid", "nbf is in the future");
        }
        return expiry;
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }

    private static AssertionRefused refused(String rule, String message) {
        return new AssertionRefused(rule, message, true);
    }
}
