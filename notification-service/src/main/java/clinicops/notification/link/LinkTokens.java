package clinicops.notification.link;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.dao.DuplicateKeyException;

/**
 * Makes and checks the tokens of links: 16 random bytes and 16 bytes of a signature over them and over what the link is for, so
 * that a token fits its own link alone even if somebody changes the stored one. 43 characters, short enough for a text message.
 */
final class LinkTokens {

    static final int KEY_BYTES = 32;
    private static final String KEY = "links";
    private static final int RANDOM_BYTES = 16;
    private static final int SIGNATURE_BYTES = 16;
    private static final String ALGORITHM = "HmacSHA256";

    /** 256 bits in 43 characters: the last one carries 4 bits, and its other two must be zero. */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]");

    private final SecretKeySpec key;
    private final RandomGenerator random;

    LinkTokens(byte[] key, RandomGenerator random) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("the links' key has " + KEY_BYTES + " bytes");
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.random = random;
    }

    /** Of the key that every copy of the service signs with; whoever starts first makes it. Not in a transaction. */
    static LinkTokens kept(LinkKeys keys, RandomGenerator random) {
        LinkKey key = keys.named(KEY).orElseGet(() -> {
            byte[] bytes = new byte[KEY_BYTES];
            random.nextBytes(bytes);
            try {
                return keys.insert(new LinkKey(KEY, bytes));
            } catch (DuplicateKeyException e) {
                // another copy of the service made it this moment
                return keys.named(KEY).orElseThrow();
            }
        });
        return new LinkTokens(key.key(), random);
    }

    /** A new token; each is another. */
    String make(PatientLink link) {
        byte[] nonce = new byte[RANDOM_BYTES];
        random.nextBytes(nonce);
        byte[] token = Arrays.copyOf(nonce, RANDOM_BYTES + SIGNATURE_BYTES);
        System.arraycopy(signature(nonce, link), 0, token, RANDOM_BYTES, SIGNATURE_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** Whether this key signed the token, for this purpose, resource and expiry. */
    boolean fits(String token, PatientLink link) {
        byte[] bytes = Base64.getUrlDecoder().decode(token);
        byte[] nonce = Arrays.copyOf(bytes, RANDOM_BYTES);
        byte[] said = Arrays.copyOfRange(bytes, RANDOM_BYTES, bytes.length);
        return MessageDigest.isEqual(said, signature(nonce, link));
    }

    /** What is kept of a token; empty when the text can't be one. */
    static Optional<String> hash(String token) {
        if (!FORM.matcher(token).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private byte[] signature(byte[] nonce, PatientLink link) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (String part : new String[] {
                link.id(),
                link.patientId(),
                link.purpose(),
                link.resource(),
                String.valueOf(link.expiresAt().toEpochMilli())
            }) {
                mac.update(part.getBytes(StandardCharsets.UTF_8));
                // no part holds it, so no two links are signed alike
                mac.update((byte) 0);
            }
            return Arrays.copyOf(mac.doFinal(nonce), SIGNATURE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
