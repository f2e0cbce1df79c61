package clinicops.chassis;

import clinicops.contracts.ContactCard;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.KeyLengthException;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.util.Base64;
import java.util.HexFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Seals what must not be read on the wire: contact cards and short texts such as a member id. Compact JWE, {@code dir},
 * {@code A256GCM}, header {@code kid}. Only services with {@code clinicops.contact.key} have this bean.
 */
public final class ContactSeal {
    private static final int KEY_BYTES = 32;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String keyId;
    private final DirectEncrypter encrypter;
    private final DirectDecrypter decrypter;

    /**
     * @param key 32 bytes, base64
     * @throws IllegalArgumentException for any other length
     */
    public ContactSeal(String key) {
        byte[] bytes = Base64.getDecoder().decode(key.strip());
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException("clinicops.contact.key must be 32 bytes in base64");
        }
        this.keyId = fingerprint(bytes);
        try {
            this.encrypter = new DirectEncrypter(bytes);
            this.decrypter = new DirectDecrypter(bytes);
        } catch (KeyLengthException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public String seal(ContactCard card) {
        return sealText(JSON.writeValueAsString(card));
    }

    /** @throws IllegalArgumentException when it was not sealed with this key, or was changed */
    public ContactCard open(String sealed) {
        try {
            return JSON.readValue(openText(sealed), ContactCard.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("sealed, but no contact card");
        }
    }

    public String sealText(String text) {
        var header = new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM)
                .keyID(keyId)
                .build();
        var jwe = new JWEObject(header, new Payload(text));
        try {
            jwe.encrypt(encrypter);
        } catch (JOSEException e) {
            throw new IllegalStateException("sealing failed", e);
        }
        return jwe.serialize();
    }

    /** @throws IllegalArgumentException when it was not sealed with this key, or was changed */
    public String openText(String sealed) {
        try {
            var jwe = JWEObject.parse(sealed);
            if (!keyId.equals(jwe.getHeader().getKeyID())) {
                throw new IllegalArgumentException("sealed with another key");
            }
            jwe.decrypt(decrypter);
            return jwe.getPayload().toString();
        } catch (ParseException | JOSEException | IllegalStateException e) {
            throw new IllegalArgumentException("not sealed with this key, or changed");
        }
    }

    /** Names the key without giving anything of it away. */
    private static String fingerprint(byte[] key) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(key);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
