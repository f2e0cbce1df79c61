package clinicops.staffweb.insurer;

import clinicops.chassis.RuleViolation;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.math.BigInteger;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which keys an insurer may register: public ones, and only those that SMART's client authentication signs with: RSA of at
 * least 2048 bits for RS384, P-384 for ES384.
 */
final class PublicKeys {
    private static final int LEAST_RSA_BITS = 2048;
    /** Checking a signature costs more with every bit. */
    private static final int MOST_RSA_BITS = 8192;
    /** Below it, a signature can be forged when padding is checked carelessly anywhere; NIST SP 800-56B asks for more than 2^16. */
    private static final BigInteger LEAST_EXPONENT = BigInteger.valueOf(65_537);

    private static final int MOST_EXPONENT_BITS = 64;
    private static final int MOST_KID_CHARACTERS = 100;
    /** RFC 7518 section 6: each of these gives a secret away. */
    private static final Set<String> PRIVATE_PARTS = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");
    /** What of a key is read; certificates and the like are not looked at, so they are not kept. */
    private static final List<String> READ = List.of("kty", "kid", "use", "key_ops", "alg", "n", "e", "crv", "x", "y");

    private PublicKeys() {}

    /**
     * @param jwks members of each key as in RFC 7517
     * @throws RuleViolation naming the first rule that a key breaks, and which key
     */
    static List<InsurerKey> read(List<Map<String, @Nullable Object>> jwks) {
        var kids = new HashSet<String>();
        var keys = new ArrayList<InsurerKey>();
        for (int i = 0; i < jwks.size(); i++) {
            String field = "jwks.keys[" + i + "]";
            InsurerKey key = read(jwks.get(i), field);
            if (!kids.add(key.kid())) {
                throw refused("key-ids-unique", "each key needs a kid of its own", field + ".kid");
            }
            keys.add(key);
        }
        return keys;
    }

    private static InsurerKey read(Map<String, @Nullable Object> members, String field) {
        if (!Collections.disjoint(members.keySet(), PRIVATE_PARTS)) {
            throw refused(
                    "public-keys-only",
                    "this key holds private parts; whoever saw it can sign as you: make a new one and send its public half",
                    field);
        }
        if (!(members.get("kid") instanceof String kid) || kid.isBlank() || kid.length() > MOST_KID_CHARACTERS) {
            throw refused(
                    "key-id", "a key needs a kid of at most " + MOST_KID_CHARACTERS + " characters", field + ".kid");
        }
        JWK key = parse(members, field);
        if (key.getKeyUse() != null && !KeyUse.SIGNATURE.equals(key.getKeyUse())
                || key.getKeyOperations() != null && !key.getKeyOperations().contains(KeyOperation.VERIFY)) {
            throw refused("key-use", "the key is not for signatures", field + ".use");
        }
        return switch (key) {
            case RSAKey rsa -> rsa(kid, rsa, field);
            case ECKey ec when Curve.P_384.equals(ec.getCurve()) -> ec(kid, ec, field);
            default -> throw keyType(field);
        };
    }

    private static JWK parse(Map<String, @Nullable Object> members, String field) {
        if (!"RSA".equals(members.get("kty")) && !"EC".equals(members.get("kty"))) {
            throw keyType(field);
        }
        var read = new LinkedHashMap<String, Object>();
        for (String member : READ) {
            Object value = members.get(member);
            if (value != null) {
                read.put(member, value);
            }
        }
        try {
            return JWK.parse(read);
        } catch (ParseException | RuntimeException e) {
            throw refused("key-malformed", "this is no JSON Web Key (RFC 7517)", field);
        }
    }

    private static InsurerKey rsa(String kid, RSAKey key, String field) {
        requireAlgorithm(key, JWSAlgorithm.RS384, field);
        BigInteger modulus = key.getModulus().decodeToBigInteger();
        BigInteger exponent = key.getPublicExponent().decodeToBigInteger();
        if (modulus.bitLength() < LEAST_RSA_BITS || modulus.bitLength() > MOST_RSA_BITS || !modulus.testBit(0)) {
            throw refused(
                    "key-size", "RSA keys have " + LEAST_RSA_BITS + " to " + MOST_RSA_BITS + " bits", field + ".n");
        }
        if (exponent.compareTo(LEAST_EXPONENT) < 0
                || exponent.bitLength() > MOST_EXPONENT_BITS
                || !exponent.testBit(0)) {
            throw refused("key-exponent", "the public exponent is 65537 or a larger odd number", field + ".e");
        }
        var kept = new RSAKey.Builder(key.getModulus(), key.getPublicExponent())
                .keyID(kid)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.RS384)
                .build();
        return new InsurerKey(kid, JWSAlgorithm.RS384.getName(), kept.toJSONString());
    }

    private static InsurerKey ec(String kid, ECKey key, String field) {
        requireAlgorithm(key, JWSAlgorithm.ES384, field);
        var kept = new ECKey.Builder(key.getCurve(), key.getX(), key.getY())
                .keyID(kid)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES384)
                .build();
        return new InsurerKey(kid, JWSAlgorithm.ES384.getName(), kept.toJSONString());
    }

    private static void requireAlgorithm(JWK key, JWSAlgorithm one, String field) {
        if (key.getAlgorithm() != null
                && !one.getName().equals(key.getAlgorithm().getName())) {
            throw refused("key-algorithm", "a key of this type signs by " + one.getName(), field + ".alg");
        }
    }

    private static RuleViolation keyType(String field) {
        return refused("key-type", "a key is RSA (for RS384) or EC on P-384 (for ES384)", field + ".kty");
    }

    private static RuleViolation refused(String rule, String message, String field) {
        return new RuleViolation(rule, message).withField(field);
    }
}
