package clinicops.staffweb.insurer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import clinicops.chassis.RuleViolation;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicKeysTest {
    private static final Map<String, Object> RSA = rsa(2048);
    private static final Map<String, Object> EC = ec(Curve.P_384);

    @Test
    void takesRsaForRs384AndP384ForEs384() {
        assertThat(PublicKeys.read(List.of(RSA, EC)))
                .extracting(InsurerKey::kid, InsurerKey::algorithm)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("rsa", "RS384"),
                        org.assertj.core.groups.Tuple.tuple("ec", "ES384"));
        PublicKeys.read(List.of(with(RSA, "alg", "RS384", "use", "sig", "key_ops", List.of("verify"))));
        PublicKeys.read(List.of(with(EC, "alg", "ES384")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
    void refusesEveryPrivatePart(String member) {
        assertThat(rule(with(RSA, member, "AQAB"))).isEqualTo("public-keys-only");
        assertThat(rule(with(EC, member, "AQAB"))).isEqualTo("public-keys-only");
        assertThat(rule(with(RSA, member, null))).isEqualTo("public-keys-only");
    }

    @Test
    void refusesASharedSecret() throws Exception {
        var secret = new OctetSequenceKeyGenerator(256).keyID("s").generate().toJSONObject();
        assertThat(rule(secret)).isEqualTo("public-keys-only");
    }

    @Test
    void refusesAWeakRsaKey() {
        assertThat(rule(rsa(1024))).isEqualTo("key-size");
        assertThat(rule(rsa(2040))).isEqualTo("key-size");
        assertThat(rule(with(RSA, "n", number(BigInteger.ONE.shiftLeft(9000).add(BigInteger.ONE)))))
                .isEqualTo("key-size");
        assertThat(rule(with(RSA, "n", number(BigInteger.ONE.shiftLeft(2047))))).isEqualTo("key-size");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "3", "65536", "65538", "36893488147419103233"})
    void refusesAWeakOrCostlyExponent(String exponent) {
        assertThat(rule(with(RSA, "e", number(new BigInteger(exponent))))).isEqualTo("key-exponent");
    }

    @Test
    void refusesOtherCurvesAndTypes() {
        assertThat(rule(ec(Curve.P_256))).isEqualTo("key-type");
        assertThat(rule(ec(Curve.P_521))).isEqualTo("key-type");
        assertThat(rule(Map.of(
                        "kty",
                        "OKP",
                        "crv",
                        "Ed25519",
                        "kid",
                        "ed",
                        "x",
                        "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")))
                .isEqualTo("key-type");
        assertThat(rule(with(RSA, "kty", null))).isEqualTo("key-type");
        assertThat(rule(with(RSA, "kty", "rsa"))).isEqualTo("key-type");
        assertThat(rule(with(RSA, "kty", 7))).isEqualTo("key-type");
    }

    @ParameterizedTest
    @CsvSource({"RS256", "PS384", "ES384", "none", "RSA-OAEP"})
    void refusesAnRsaKeyForAnotherAlgorithm(String algorithm) {
        assertThat(rule(with(RSA, "alg", algorithm))).isEqualTo("key-algorithm");
    }

    @Test
    void refusesAKeyThatIsNotForSignatures() {
        assertThat(rule(with(RSA, "use", "enc"))).isEqualTo("key-use");
        assertThat(rule(with(RSA, "key_ops", List.of("encrypt")))).isEqualTo("key-use");
    }

    @Test
    void refusesAKeyWithoutAnIdOfItsOwn() {
        assertThat(rule(with(RSA, "kid", null))).isEqualTo("key-id");
        assertThat(rule(with(RSA, "kid", " "))).isEqualTo("key-id");
        assertThat(rule(with(RSA, "kid", 7))).isEqualTo("key-id");
        assertThat(rule(with(RSA, "kid", "k".repeat(101)))).isEqualTo("key-id");
        var refused = refused(List.of(RSA, with(EC, "kid", "rsa")));
        assertThat(refused.rule()).isEqualTo("key-ids-unique");
        assertThat(refused.field()).isEqualTo("jwks.keys[1].kid");
    }

    @Test
    void refusesWhatIsNoKey() {
        assertThat(rule(with(RSA, "n", null))).isEqualTo("key-malformed");
        assertThat(rule(with(RSA, "n", 7))).isEqualTo("key-malformed");
        assertThat(rule(with(RSA, "n", List.of()))).isEqualTo("key-malformed");
        assertThat(rule(with(RSA, "e", null))).isEqualTo("key-malformed");
        assertThat(rule(with(EC, "x", null))).isEqualTo("key-malformed");
        assertThat(rule(with(EC, "crv", "P-9"))).isIn("key-malformed", "key-type");
        assertThat(rule(with(EC, "key_ops", "verify"))).isEqualTo("key-malformed");
    }

    @Test
    void refusesAPointThatIsNotOnTheCurve() {
        assertThat(rule(with(EC, "x", EC.get("y")))).isEqualTo("key-malformed");
    }

    @Test
    void anEmptyModulusIsNoKey() {
        assertThat(rule(with(RSA, "n", ""))).isIn("key-malformed", "key-size");
        assertThat(rule(with(RSA, "n", "***"))).isIn("key-malformed", "key-size");
    }

    private static String rule(Map<String, @Nullable Object> key) {
        return refused(List.of(key)).rule();
    }

    private static RuleViolation refused(List<Map<String, @Nullable Object>> keys) {
        var refused = catchThrowableOfType(RuleViolation.class, () -> PublicKeys.read(keys));
        assertThat(refused).isNotNull();
        return refused;
    }

    private static Map<String, @Nullable Object> with(Map<String, Object> key, @Nullable Object... members) {
        var changed = new LinkedHashMap<String, @Nullable Object>(key);
        for (int i = 0; i < members.length; i += 2) {
            changed.put(String.valueOf(members[i]), members[i + 1]);
        }
        return changed;
    }

    private static Map<String, Object> rsa(int bits) {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            var key = (RSAPublicKey) generator.generateKeyPair().getPublic();
            return Map.of("kty", "RSA", "kid", "rsa", "n", number(key.getModulus()), "e", "AQAB");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> ec(Curve curve) {
        try {
            return new ECKeyGenerator(curve)
                    .keyID("ec")
                    .generate()
                    .toPublicJWK()
                    .toJSONObject();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String number(BigInteger number) {
        return Base64URL.encode(number).toString();
    }
}
