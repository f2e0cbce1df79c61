package clinicops.staffweb;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * An insurer's program at the token endpoint.
 *
 * @param id the client id that the clinic gave it
 * @param key its own, private half included
 * @param tokenEndpoint as the well-known document says
 */
record InsurerProgram(String id, JWK key, String tokenEndpoint) {
    static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /** Registers it, for this payer. */
    static InsurerProgram registered(Browser admin, String payerCode, JWK key, String validation) {
        var body = Map.of(
                "name", "Program of " + payerCode, "payerCode", payerCode, "jwks", jwks(key), "validation", validation);
        var id = admin.post("/api/insurers", body).expect(201).body().path("id").asString();
        return new InsurerProgram(id, key, "http://localhost:8080/oauth2/token");
    }

    static Map<String, Object> jwks(JWK... keys) {
        return Map.of(
                "keys",
                List.of(keys).stream()
                        .map(key -> key.toPublicJWK().toJSONObject())
                        .toList());
    }

    static RSAKey rsa(String kid) {
        try {
            return new RSAKeyGenerator(2048).keyID(kid).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static ECKey ec(String kid) {
        try {
            return new ECKeyGenerator(Curve.P_384).keyID(kid).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    InsurerProgram with(JWK other) {
        return new InsurerProgram(id, other, tokenEndpoint);
    }

    /** A sound one. */
    String assertion() {
        return assertion(_ -> {});
    }

    /** With other claims than a sound one. */
    String assertion(Consumer<JWTClaimsSet.Builder> changes) {
        return assertion(algorithm(), changes);
    }

    String assertion(JWSAlgorithm algorithm, Consumer<JWTClaimsSet.Builder> changes) {
        return signed(new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), claims(changes));
    }

    String signed(JWSHeader header, JWTClaimsSet claims) {
        try {
            var jwt = new SignedJWT(header, claims);
            JWSSigner signer = key instanceof ECKey ec ? new ECDSASigner(ec) : new RSASSASigner(key.toRSAKey());
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> changes) {
        var now = Instant.now();
        var claims = new JWTClaimsSet.Builder()
                .issuer(id)
                .subject(id)
                .audience(tokenEndpoint)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofMinutes(4))));
        changes.accept(claims);
        return claims.build();
    }

    JWSAlgorithm algorithm() {
        return key instanceof ECKey ? JWSAlgorithm.ES384 : JWSAlgorithm.RS384;
    }

    /** The form of SMART's backend services. */
    static Map<String, String> form(String assertion) {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "client_credentials");
        form.put("client_assertion_type", ASSERTION_TYPE);
        form.put("client_assertion", assertion);
        return form;
    }

    static Browser.Answer ask(Browser program, String assertion) {
        return ask(program, form(assertion));
    }

    static Browser.Answer ask(Browser program, Map<String, String> form) {
        return ask(program, "/oauth2/token", encoded(form));
    }

    static Browser.Answer ask(Browser program, String path, String form) {
        return program.send(
                "POST",
                path,
                BodyPublishers.ofString(form),
                Map.of("Content-Type", "application/x-www-form-urlencoded"));
    }

    static String encoded(Map<String, String> form) {
        var text = new StringBuilder();
        form.forEach((name, value) -> text.append(text.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return text.toString();
    }
}
