package clinicops.staffweb.token;

import clinicops.chassis.Caller;
import clinicops.chassis.Role;
import clinicops.outbox.Ids;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Mints what the services trust: a signed token that says who asks, in which roles, and which one service may take it. It
 * never leaves the clinic's own network; browsers hold a session instead. Times go by the system's clock.
 */
@Component
public class TokenMint {
    /** Not the business clock: this must not move with a demo. */
    private static final InstantSource SYSTEM = InstantSource.system();

    public static final Duration LIFE = Duration.ofMinutes(5);
    /** A token is used again for this long, which saves most signatures; four minutes of its life are left at least. */
    static final Duration REUSE = Duration.ofSeconds(50);

    private static final int MOST_HELD = 2_000;

    private record For(String session, Caller caller, String audience) {}

    private record Minted(String token, Instant at) {}

    private final SigningKeys keys;
    private final String issuer;
    private final Map<For, Minted> held = Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<For, Minted> eldest) {
            return size() > MOST_HELD;
        }
    });

    TokenMint(SigningKeys keys, @Value("${clinicops.issuer}") String issuer) {
        this.keys = keys;
        this.issuer = issuer;
    }

    /**
     * A token for one call.
     *
     * @param audience the service that may take it, for example {@code intake}
     */
    public String mint(Caller caller, String audience) {
        return mint(
                caller.name(),
                audience,
                Map.of(
                        "roles",
                        caller.roles().stream().map(Role::wireName).sorted().toList()));
    }

    /**
     * A token for somebody who is no staff, at a service's side door.
     *
     * @param audience the side door's; never a service's name
     * @param claims what it is for, its {@code scope} among them
     */
    public String mint(String subject, String audience, Map<String, ?> claims) {
        Instant now = SYSTEM.instant();
        RSAKey key = keys.current();
        var said = new JWTClaimsSet.Builder();
        claims.forEach(said::claim);
        said.issuer(issuer)
                .subject(subject)
                .audience(audience)
                .jwtID(Ids.next())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)));
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), said.build());
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("A token could not be signed", e);
        }
        return token.serialize();
    }

    /**
     * A token for one of many calls of a session; the same one for up to a minute.
     *
     * @param session id of the session; another session of the same person gets a token of its own
     */
    public String mint(String session, Caller caller, String audience) {
        var wanted = new For(session, caller, audience);
        Instant now = SYSTEM.instant();
        Minted minted = held.get(wanted);
        if (minted == null || minted.at().plus(REUSE).isBefore(now)) {
            minted = new Minted(mint(caller, audience), now);
            held.put(wanted, minted);
        }
        return minted.token();
    }
}
