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
 * Makes, renews and publishes the keys. Services fetch a key that they don't know as soon as a token names it, so a new key
 * can sign at once.
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

    private record Held(List<RSAKey> newestFirst, Instant readAt) {}

    private final SigningKeyStore store;
    private volatile @Nullable Held held;

    SigningKeys(SigningKeyStore store) {
        this.store = store;
    }

    /** The key that signs now. */
    RSAKey current() {
        return keys().getFirst();
    }

    /** The public parts of all keys that a valid token may name. */
    JWKSet published() {
        return new JWKSet(
                keys().stream().map(RSAKey::toPublicJWK).<JWK>map(key -> key).toList());
    }

    private List<RSAKey> keys() {
        Held now = held;
        if (now == null || now.readAt().plus(LOOK_AGAIN).isBefore(SYSTEM.instant())) {
            now = read();
            held = now;
        }
        return now.newestFirst();
    }

    private synchronized Held read() {
        Instant now = SYSTEM.instant();
        List<SigningKey> stored = new ArrayList<>(store.findAllByOrderByCreatedAtDescKidDesc());
        if (stored.isEmpty() || stored.getFirst().createdAt().plus(SIGNS_FOR).isBefore(now)) {
            stored.addFirst(store.save(generate(now)));
        }
        // a key stops signing when its successor comes; tokens live for minutes, so a day is ample
        for (int i = stored.size() - 1; i > 0; i--) {
            if (stored.get(i - 1).createdAt().plus(PUBLISHED_AFTERWARDS).isBefore(now)) {
                store.delete(stored.remove(i));
            }
        }
        return new Held(stored.stream().map(SigningKeys::parse).toList(), now);
    }

    private static SigningKey generate(Instant now) {
        try {
            RSAKey key = new RSAKeyGenerator(RSA_BITS)
                    .keyID(Ids.next())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
            return new SigningKey(key.getKeyID(), key.toJSONString(), now);
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
