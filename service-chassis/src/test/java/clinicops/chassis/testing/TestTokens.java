package clinicops.chassis.testing;

import clinicops.chassis.Role;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Tokens as staff-web mints them, signed with a key of the tests' own. */
public final class TestTokens {
    public static final String ISSUER = "http://localhost:8080";
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final RSAKey KEY = newKey("test-key");
    private static final HttpServer KEYS = serve(KEY);

    private TestTokens() {}

    /** The value of an {@code Authorization} header, valid for five minutes. */
    public static String bearer(String user, String audience, Role... roles) {
        return bearer(user, audience, claims -> {}, roles);
    }

    /** The same, with claims changed, for example an expiry in the past. */
    public static String bearer(String user, String audience, Consumer<JWTClaimsSet.Builder> changes, Role... roles) {
        return "Bearer " + signed(KEY, user, audience, changes, roles);
    }

    /** A token that names the right key but is signed with another. */
    public static String forged(String user, String audience, Role... roles) {
        return "Bearer " + signed(newKey(KEY.getKeyID()), user, audience, claims -> {}, roles);
    }

    /** A token that says it needs no signature. */
    public static String unsigned(String user, String audience, Role... roles) {
        return "Bearer " + new PlainJWT(claims(user, audience, claims -> {}, roles)).serialize();
    }

    /** Where a service under test fetches the public key. */
    public static String jwkSetUri() {
        return "http://127.0.0.1:" + KEYS.getAddress().getPort() + "/oauth2/jwks";
    }

    private static String signed(
            RSAKey key, String user, String audience, Consumer<JWTClaimsSet.Builder> changes, Role... roles) {
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                claims(user, audience, changes, roles));
        try {
            jwt.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return jwt.serialize();
    }

    private static JWTClaimsSet claims(
            String user, String audience, Consumer<JWTClaimsSet.Builder> changes, Role... roles) {
        Instant now = Instant.now();
        var claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject(user)
                .audience(audience)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .jwtID(UUID.randomUUID().toString())
                .claim("roles", roleNames(roles));
        changes.accept(claims);
        return claims.build();
    }

    private static List<String> roleNames(Role... roles) {
        return Arrays.stream(roles).map(Role::wireName).toList();
    }

    private static RSAKey newKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpServer serve(RSAKey key) {
        byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            server.createContext("/oauth2/jwks", exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, keys.length);
                try (var body = exchange.getResponseBody()) {
                    body.write(keys);
                }
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
