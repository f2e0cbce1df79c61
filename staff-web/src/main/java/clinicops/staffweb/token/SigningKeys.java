package clinicops.staffweb.token;

import clinicops.outbox.Ids;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes, renews and publishes the keys. Services fetch a key that they don't know as soon as a token names it, from whichever
 * copy answers them, so a new key signs only once every copy publishes it.
 */
@Component
class SigningKeys {
    /** Not the business clock: this must not move with a demo. */
    private static final InstantSource SYSTEM = InstantSource.system();

    private static final int RSA_BITS = 2048;
    private static final Duration SIGNS_FOR = Duration.ofDays(90);
    private static final Duration PUBLISHED_AFTERWARDS = Duration.ofDays(1);
    /** Another copy may have renewed the key. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    /** While a key is new, so that every copy publishes it before any signs with it. */
    private static final Duration LOOK_AGAIN_WHILE_NEW = Duration.ofSeconds(1);
    /** By then every copy has looked again. */
    private static final Duration KNOWN_AFTER = LOOK_AGAIN.multipliedBy(2);

    private record Held(RSAKey signs, List<RSAKey> newestFirst, Instant lookAgainAt) {}

    private final SigningKeyStore store;
    private volatile @Nullable Held held;

    SigningKeys(SigningKeyStore store) {
        this.store = store;
    }

    /** The key that signs now. */
    RSAKey current() {
        return keys().signs();
    }

    /** The public parts of all keys that a valid token may name. */
    JWKSet published() {
        return new JWKSet(keys().newestFirst().stream()
                .map(RSAKey::toPublicJWK)
                .<JWK>map(key -> key)
                .toList());
    }

    private Held keys() {
        Held now = held;
        Instant instant = SYSTEM.instant();
        if (now == null || now.lookAgainAt().isBefore(instant)) {
            now = read();
            held = now;
        }
        return now;
    }

    private synchronized Held read() {
        Instant now = SYSTEM.instant();
        List<SigningKey> stored = store.findAllByOrderByCreatedAtDescKidDesc();
        if (stored.isEmpty() || stored.getFirst().createdAt().plus(SIGNS_FOR).isBefore(now)) {
            store.save(generate());
            // another copy may have done the same this moment
            stored = store.findAllByOrderByCreatedAtDescKidDesc();
            now = SYSTEM.instant();
        }
        List<SigningKey> kept = new ArrayList<>(stored);
        // a key stops signing when its successor is known; tokens live for minutes, so a day is ample
        for (int i = kept.size() - 1; i > 0; i--) {
            if (kept.get(i - 1).createdAt().plus(PUBLISHED_AFTERWARDS).isBefore(now)) {
                store.delete(kept.remove(i));
            }
        }
        Instant knownSince = now.minus(KNOWN_AFTER);
        SigningKey signs = kept.stream()
                .filter(key -> key.createdAt().isBefore(knownSince))
                .findFirst()
                // at the very first start: the oldest, which is the same one for every copy
                .orElse(kept.getLast());
        boolean fresh = kept.getFirst().createdAt().isAfter(knownSince);
        return new Held(
                parse(signs),
                kept.stream().map(SigningKeys::parse).toList(),
                now.plus(fresh ? LOOK_AGAIN_WHILE_NEW : LOOK_AGAIN));
    }

    private static SigningKey generate() {
        try {
            RSAKey key = new RSAKeyGenerator(RSA_BITS)
                    .keyID(Ids.next())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
            return new SigningKey(key.getKeyID(), key.toJSONString(), SYSTEM.instant());
        } catch (JOSEException e) {
            throw new IllegalStateException("This JVM cannot make RSA keys", e);
        }
    }

    private static RSAKey parse(SigningKey stored) {
        try {
            return RSAKey.parse(stored.jwk());
        } catch (ParseException e) {
            // without the message: it could quote the key
            throw new IllegalStateException("Signing key " + stored.kid() + " in the database is damaged");
        }
    }
}
