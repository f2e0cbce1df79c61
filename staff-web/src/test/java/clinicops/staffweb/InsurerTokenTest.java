package clinicops.staffweb;

import static clinicops.staffweb.InsurerProgram.ask;
import static clinicops.staffweb.InsurerProgram.form;
import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.ServiceRunner;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.mongodb.core.MongoOperations;

/** An insurer's program gets a token of the FHIR door, and whoever is not it gets none. */
class InsurerTokenTest extends FrontDoor {
    private static final JWK RSA = InsurerProgram.rsa("rsa-1");
    private static final JWK EC = InsurerProgram.ec("ec-1");
    private static final String ALL_SCOPES =
            "system/Claim.rs system/ClaimResponse.crs system/Patient.rs system/Coverage.rs";

    private InsurerProgram acme;

    @BeforeEach
    void register() {
        acme = InsurerProgram.registered(admin(), "ACME", RSA, "strict");
    }

    // --- what a sound request gets -------------------------------------------------------------------------------

    @Test
    void theTokenHoldsWhatIsPromisedAndNothingElse() throws Exception {
        Instant before = Instant.now().minusSeconds(1);
        var program = nobody();
        var answer = ask(program, acme.assertion()).expect(200);
        assertThat(answer.body().propertyNames())
                .containsExactlyInAnyOrder("access_token", "token_type", "expires_in", "scope");
        assertThat(answer.body().path("token_type").asString()).isEqualTo("Bearer");
        assertThat(answer.body().path("expires_in").asInt()).isBetween(295, 300);
        assertThat(answer.body().path("scope").asString().split(" ")).containsExactlyInAnyOrder(ALL_SCOPES.split(" "));
        assertThat(answer.header("Cache-Control").orElse("")).contains("no-store");
        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(program.cookie("clinicops")).isEmpty();

        var token = token(answer);
        assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.RS256);
        var key = JWKSet.parse(nobody().get("/oauth2/jwks").expect(200).text())
                .getKeyByKeyId(token.getHeader().getKeyID());
        assertThat(token.verify(new RSASSAVerifier(key.toRSAKey()))).isTrue();

        var claims = token.getJWTClaimsSet();
        assertThat(claims.getClaims())
                .containsOnlyKeys("iss", "sub", "aud", "iat", "exp", "jti", "scope", "payer_id", "fhir_validation");
        assertThat(claims.getIssuer()).isEqualTo("http://localhost:8080");
        assertThat(claims.getSubject()).isEqualTo(acme.id());
        assertThat(claims.getAudience()).containsExactly("fhir");
        assertThat(token.getPayload().toJSONObject().get("aud")).isEqualTo("fhir");
        assertThat(claims.getStringClaim("scope")).isEqualTo(ALL_SCOPES);
        assertThat(claims.getStringClaim("payer_id")).isEqualTo("ACME");
        assertThat(claims.getStringClaim("fhir_validation")).isEqualTo("strict");
        assertThat(claims.getIssueTime().toInstant()).isBetween(before, Instant.now());
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void anEllipticKeySignsAsWell() throws Exception {
        var other = InsurerProgram.registered(admin(), "OTHER", EC, "validated");
        var claims = token(ask(nobody(), other.assertion()).expect(200)).getJWTClaimsSet();
        assertThat(claims.getStringClaim("payer_id")).isEqualTo("OTHER");
        assertThat(claims.getStringClaim("fhir_validation")).isEqualTo("validated");
    }

    @Test
    void anInsurerMayAskForLess() throws Exception {
        var form = form(acme.assertion());
        form.put("scope", "system/Claim.rs system/Patient.rs");
        var answer = ask(nobody(), form).expect(200);
        assertThat(answer.body().path("scope").asString().split(" "))
                .containsExactlyInAnyOrder("system/Claim.rs", "system/Patient.rs");
        assertThat(token(answer).getJWTClaimsSet().getStringClaim("scope"))
                .isEqualTo("system/Claim.rs system/Patient.rs");
    }

    @Test
    void aClientIdInTheFormIsFineWhenItIsTheSame() {
        var form = form(acme.assertion());
        form.put("client_id", acme.id());
        ask(nobody(), form).expect(200);
        var other = form(acme.assertion());
        other.put("client_id", "somebody-else");
        refused(ask(nobody(), other), 401, "invalid_client", "client-id-differs");
    }

    @Test
    void anAssertionWithoutIatIsSound() {
        ask(nobody(), acme.assertion(claims -> claims.issueTime(null))).expect(200);
    }

    // --- the assertion ---------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080",
                "http://localhost:8080/fhir",
                "http://localhost:8080/oauth2/token/",
                "https://localhost:8080/oauth2/token",
                "fhir"
            })
    void refusesAnotherAudience(String audience) {
        refused(acme.assertion(claims -> claims.audience(audience)), "assertion-audience");
    }

    @Test
    void refusesNoAudienceAndMoreThanOne() {
        refused(acme.assertion(claims -> claims.audience((String) null)), "assertion-audience");
        refused(
                acme.assertion(claims -> claims.audience(List.of(acme.tokenEndpoint(), "https://elsewhere"))),
                "assertion-audience");
    }

    @Test
    void refusesNoneAsAlgorithm() {
        refused(new PlainJWT(acme.claims(_ -> {})).serialize(), "assertion-algorithm");
    }

    @Test
    void refusesHs256WithThePublicKeyAsSecret() throws JOSEException {
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(RSA.getKeyID()).build(), acme.claims(_ -> {}));
        jwt.sign(new MACSigner(RSA.toRSAKey().toRSAPublicKey().getEncoded()));
        refused(jwt.serialize(), "assertion-algorithm");
    }

    @Test
    void refusesRs256AndOtherAlgorithmsOfTheSameKey() {
        for (var algorithm : List.of(JWSAlgorithm.RS256, JWSAlgorithm.RS512, JWSAlgorithm.PS384)) {
            refused(acme.assertion(algorithm, _ -> {}), "assertion-algorithm");
        }
    }

    @Test
    void refusesAKeyForAnAlgorithmThatIsNotItsOwn() {
        // an EC key under the id of the registered RSA key
        refused(acme.with(InsurerProgram.ec(RSA.getKeyID())).assertion(), "assertion-algorithm");
    }

    @Test
    void refusesAnExpiredAssertion() {
        refused(
                acme.assertion(claims ->
                        claims.issueTime(in(Duration.ofMinutes(-5))).expirationTime(in(Duration.ofMinutes(-1)))),
                "assertion-expired");
    }

    @Test
    void refusesAnExpiryMoreThanFiveMinutesAhead() {
        refused(acme.assertion(claims -> claims.expirationTime(in(Duration.ofMinutes(6)))), "assertion-exp-too-far");
        refused(acme.assertion(claims -> claims.expirationTime(in(Duration.ofDays(365)))), "assertion-exp-too-far");
    }

    @Test
    void refusesAnAssertionWithoutExpiry() {
        refused(acme.assertion(claims -> claims.expirationTime(null)), "assertion-exp-missing");
    }

    @Test
    void refusesAnAssertionIssuedInTheFutureOrNotYetValid() {
        refused(acme.assertion(claims -> claims.issueTime(in(Duration.ofMinutes(2)))), "assertion-iat-in-future");
        refused(acme.assertion(claims -> claims.notBeforeTime(in(Duration.ofMinutes(2)))), "assertion-not-yet-valid");
    }

    @Test
    void refusesAReplayedJti() {
        String assertion = acme.assertion();
        ask(nobody(), assertion).expect(200);
        refused(assertion, "assertion-replayed");
        // and in another assertion
        String jti = acme.claims(_ -> {}).getJWTID();
        ask(nobody(), acme.assertion(claims -> claims.jwtID(jti))).expect(200);
        refused(
                acme.assertion(claims -> claims.jwtID(jti).expirationTime(in(Duration.ofMinutes(3)))),
                "assertion-replayed");
    }

    @Test
    void twoInsurersMayUseTheSameJti() {
        var other = InsurerProgram.registered(admin(), "OTHER", EC, "validated");
        String jti = acme.claims(_ -> {}).getJWTID();
        ask(nobody(), acme.assertion(claims -> claims.jwtID(jti))).expect(200);
        ask(nobody(), other.assertion(claims -> claims.jwtID(jti))).expect(200);
    }

    @Test
    void aJtiOfARefusedAssertionIsNotUsedUp() {
        String jti = acme.claims(_ -> {}).getJWTID();
        refused(acme.assertion(claims -> claims.jwtID(jti).audience("elsewhere")), "assertion-audience");
        ask(nobody(), acme.assertion(claims -> claims.jwtID(jti))).expect(200);
    }

    @Test
    void refusesAMissingEmptyOrEndlessJti() {
        refused(acme.assertion(claims -> claims.jwtID(null)), "assertion-jti-missing");
        refused(acme.assertion(claims -> claims.jwtID(" ")), "assertion-jti-missing");
        refused(acme.assertion(claims -> claims.jwtID("j".repeat(201))), "assertion-jti-too-long");
    }

    @Test
    void refusesAnUnknownKeyAndAnotherKeyUnderAKnownId() {
        refused(acme.with(InsurerProgram.rsa("rsa-2")).assertion(), "assertion-key-unknown");
        refused(acme.with(InsurerProgram.rsa(RSA.getKeyID())).assertion(), "assertion-signature");
        refused(
                acme.signed(new JWSHeader.Builder(JWSAlgorithm.RS384).build(), acme.claims(_ -> {})),
                "assertion-kid-missing");
    }

    @Test
    void refusesAKeyThatTheAssertionBringsAlong() {
        var stranger = InsurerProgram.rsa(RSA.getKeyID());
        var header = new JWSHeader.Builder(JWSAlgorithm.RS384)
                .keyID(stranger.getKeyID())
                .jwk(stranger.toPublicJWK())
                .build();
        refused(acme.with(stranger).signed(header, acme.claims(_ -> {})), "assertion-signature");
    }

    @Test
    void refusesTheKeyOfAnotherClient() {
        var other = InsurerProgram.registered(admin(), "OTHER", InsurerProgram.rsa("rsa-of-other"), "validated");
        refused(acme.with(other.key()).assertion(), "assertion-key-unknown");
        // both may call their keys the same
        var namesake = InsurerProgram.registered(admin(), "NAMESAKE", InsurerProgram.rsa(RSA.getKeyID()), "strict");
        refused(acme.with(namesake.key()).assertion(), "assertion-signature");
    }

    @Test
    void refusesAnUnknownClient() {
        var stranger = new InsurerProgram("01980000-0000-7000-8000-000000000000", RSA, acme.tokenEndpoint());
        refused(stranger.assertion(), "client-unknown");
        refused(new InsurerProgram("ACME", RSA, acme.tokenEndpoint()).assertion(), "client-unknown");
        refused(acme.assertion(claims -> claims.subject(null)), "client-unknown");
    }

    @Test
    void refusesAClientThatWasSwitchedOffUntilItIsOnAgain() {
        switched(false, 0);
        refused(acme.assertion(), "client-unknown");
        switched(true, 1);
        ask(nobody(), acme.assertion()).expect(200);
    }

    private void switched(boolean active, long version) {
        var change = Map.of("name", "Acme", "validation", "strict", "active", active);
        admin().put("/api/insurers/" + acme.id(), change, version).expect(200);
    }

    @Test
    void refusesAFormerKeyOnceItWasReplaced() {
        var next = InsurerProgram.rsa("rsa-next");
        admin().put(
                        "/api/insurers/" + acme.id(),
                        Map.of(
                                "name",
                                "Acme",
                                "validation",
                                "strict",
                                "active",
                                true,
                                "jwks",
                                InsurerProgram.jwks(next)),
                        0)
                .expect(200);
        refused(acme.assertion(), "assertion-key-unknown");
        ask(nobody(), acme.with(next).assertion()).expect(200);
    }

    @Test
    void strangersLearnNothingOfWhatWasWrong() {
        var stranger = new InsurerProgram("01980000-0000-7000-8000-000000000000", RSA, acme.tokenEndpoint());
        String unknown = ask(nobody(), stranger.assertion()).text();
        assertThat(ask(nobody(), acme.with(InsurerProgram.rsa("x")).assertion()).text())
                .isEqualTo(unknown);
        assertThat(ask(nobody(), acme.with(InsurerProgram.rsa(RSA.getKeyID())).assertion())
                        .text())
                .isEqualTo(unknown);
    }

    @Test
    void refusesAnIssuerThatIsNotTheSubject() {
        refused(acme.assertion(claims -> claims.issuer("https://elsewhere")), "assertion-issuer");
        refused(acme.assertion(claims -> claims.issuer(null)), "assertion-issuer");
    }

    @Test
    void refusesAMalformedAssertion() throws Exception {
        String sound = acme.assertion();
        for (String malformed :
                List.of("x", "a.b.c", "..", sound.substring(0, sound.lastIndexOf('.')), sound + ".x", "{}", "\u0000")) {
            refused(malformed, "assertion-malformed");
        }
        // a nest that no parser should climb into
        String nest = Base64URL.encode("{\"sub\":" + "[".repeat(4_000)).toString();
        refused(sound.split("\\.")[0] + "." + nest + "." + "AA", "assertion-malformed");
        // a letter of the claims changed under the same signature
        var parts = sound.split("\\.");
        var other = acme.assertion().split("\\.");
        refused(parts[0] + "." + other[1] + "." + parts[2], "assertion-signature");
        // well signed, but of claims that are none
        refused(
                acme.signed(
                        new JWSHeader.Builder(JWSAlgorithm.RS384)
                                .keyID(RSA.getKeyID())
                                .type(new com.nimbusds.jose.JOSEObjectType("at+jwt"))
                                .build(),
                        acme.claims(_ -> {})),
                "assertion-type");
        for (Consumer<JWTClaimsSet.Builder> odd : Stream.<Consumer<JWTClaimsSet.Builder>>of(
                        claims -> claims.claim("exp", "tomorrow"),
                        claims -> claims.claim("jti", 7),
                        claims -> claims.claim("aud", Map.of()))
                .toList()) {
            assertThat(ask(nobody(), acme.assertion(odd)).status()).isEqualTo(401);
        }
    }

    @Test
    void ofManyAtOnceWithTheSameJtiExactlyOneWins() throws Exception {
        String assertion = acme.assertion();
        assertThat(statuses(assertion, List.of(url()))).containsOnlyOnce(200).allMatch(s -> s == 200 || s == 401);
    }

    @Test
    void ofManyAtOnceAtTwoCopiesOfTheFrontDoorExactlyOneWinsAndEachCopyTiresOfStrangers() throws Exception {
        var properties = new HashMap<String, Object>(properties());
        for (String same :
                new String[] {"spring.mongodb.uri", "spring.cloud.stream.kafka.binder.brokers", "clinicops.issuer"}) {
            properties.put(same, context.getEnvironment().getRequiredProperty(same));
        }
        properties.put("server.port", "0");
        properties.put("clinicops.insurers.refusals-per-minute", "40");
        try (var copy = ServiceRunner.run(StaffWeb.class, "staff-web", new String[0], properties)) {
            String other = "http://127.0.0.1:" + copy.getEnvironment().getRequiredProperty("local.server.port");
            for (int round = 0; round < 3; round++) {
                assertThat(statuses(acme.assertion(), List.of(url(), other)))
                        .containsOnlyOnce(200)
                        .allMatch(status -> status == 200 || status == 401);
            }
            // a token of one copy is good by the keys that the other publishes
            var token = token(ask(nobody(), acme.assertion()).expect(200));
            assertThat(JWKSet.parse(new Browser(other).get("/oauth2/jwks").text())
                            .getKeyByKeyId(token.getHeader().getKeyID()))
                    .isNotNull();

            Browser.Answer last = null;
            for (int i = 0; i < 45 && (last == null || last.status() != 429); i++) {
                last = ask(new Browser(other), "nonsense");
            }
            assertThat(last).isNotNull();
            assertThat(last.status()).isEqualTo(429);
            assertThat(last.header("Retry-After")).isPresent();
        }
    }

    private List<Integer> statuses(String assertion, List<String> urls) throws Exception {
        var asking = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 16; i++) {
            String url = urls.get(i % urls.size());
            asking.add(() -> ask(new Browser(url), assertion).status());
        }
        try (var executor = Executors.newFixedThreadPool(asking.size())) {
            var statuses = new ArrayList<Integer>();
            for (var asked : executor.invokeAll(asking)) {
                statuses.add(asked.get());
            }
            return statuses;
        }
    }

    // --- the request -----------------------------------------------------------------------------------------------

    @Test
    void refusesAnotherGrant() {
        for (String grant : List.of(
                "authorization_code", "password", "refresh_token", "urn:ietf:params:oauth:grant-type:token-exchange")) {
            var form = form(acme.assertion());
            form.put("grant_type", grant);
            form.put("code", "x");
            form.put("refresh_token", "x");
            refused(ask(nobody(), form), 400, "unsupported_grant_type", "unsupported-grant-type");
        }
        var none = form(acme.assertion());
        none.remove("grant_type");
        refused(ask(nobody(), none), 400, "invalid_request", "invalid-request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "system/*.rs",
                "system/Claim.cruds",
                "system/Claim.rs system/Observation.rs",
                "user/Claim.rs",
                "openid",
                "system/claim.rs"
            })
    void refusesAScopeThatItHasNot(String scope) {
        var form = form(acme.assertion());
        form.put("scope", scope);
        refused(ask(nobody(), form), 400, "invalid_scope", "invalid-scope");
    }

    @Test
    void refusesWithoutAnAssertion() {
        ask(nobody(), Map.of("grant_type", "client_credentials")).expect(401);
        ask(nobody(), Map.of("grant_type", "client_credentials", "client_id", acme.id(), "client_secret", "secret"))
                .expect(401);
        var other = form(acme.assertion());
        other.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer");
        refused(ask(nobody(), other), 401, "invalid_client", "client-assertion-missing");
    }

    @Test
    void refusesWhatIsNoSmallFormByPost() {
        assertThat(nobody().get("/oauth2/token").expect(405).header("Allow")).hasValue("POST");
        assertThat(error(ask(nobody(), "/oauth2/token?" + sound(), ""))).isEqualTo("invalid_request");
        for (String more : List.of(
                "&grant_type=client_credentials", "&scope=a&scope=b", "&client_id=a&client_id=b", "&x=%", "&x=%ff")) {
            assertThat(error(ask(nobody(), "/oauth2/token", sound() + more)))
                    .as(more)
                    .isEqualTo("invalid_request");
        }
        assertThat(error(ask(nobody(), "/oauth2/token", sound() + "&x=" + "x".repeat(9_000))))
                .isEqualTo("invalid_request");
        assertThat(error(nobody().json("POST", "/oauth2/token", form(acme.assertion()), Map.of())))
                .isEqualTo("invalid_request");
        var noLength = nobody().send(
                        "POST",
                        "/oauth2/token",
                        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(
                                (sound() + "&x=" + "x".repeat(9_000)).getBytes(StandardCharsets.UTF_8))),
                        Map.of("Content-Type", "application/x-www-form-urlencoded"));
        assertThat(error(noLength)).isEqualTo("invalid_request");
    }

    private String sound() {
        return InsurerProgram.encoded(form(acme.assertion()));
    }

    // --- what the token opens ----------------------------------------------------------------------------------------

    @Test
    void theTokenOpensNothingForStaff() throws Exception {
        intakeIsUp();
        String token = ask(nobody(), acme.assertion())
                .expect(200)
                .body()
                .path("access_token")
                .asString();
        var bearer = Map.of("Authorization", "Bearer " + token);
        for (String path : List.of("/api/me", "/api/insurers", "/api/patients", "/api/claims", "/v3/api-docs")) {
            nobody().get(path, bearer).expect(401);
        }
        // nor behind the front door, at a service that trusts the same issuer
        var service = new Browser(properties().get("clinicops.services.intake").toString());
        service.get("/api/patients", bearer).expect(401, "invalid-token");
    }

    @Test
    void aStaffSessionOpensNoToken() {
        var staff = admin();
        assertThat(error(staff.postForm("/oauth2/token", Map.of("grant_type", "client_credentials"))))
                .isEqualTo("invalid_client");
    }

    @Test
    void theDocumentsSayWhereTokensAre() {
        var smart = nobody().get("/fhir/.well-known/smart-configuration").expect(200);
        assertThat(smart.header("Content-Type").orElse("")).startsWith("application/json");
        assertThat(smart.header("Set-Cookie")).isEmpty();
        assertThat(smart.body().path("token_endpoint").asString()).isEqualTo(acme.tokenEndpoint());
        assertThat(smart.body().path("grant_types_supported").toString()).isEqualTo("[\"client_credentials\"]");
        assertThat(smart.body().path("token_endpoint_auth_methods_supported").toString())
                .isEqualTo("[\"private_key_jwt\"]");
        assertThat(smart.body()
                        .path("token_endpoint_auth_signing_alg_values_supported")
                        .toString())
                .isEqualTo("[\"RS384\",\"ES384\"]");
        assertThat(smart.body().path("scopes_supported").toString()).contains("system/ClaimResponse.crs");
        assertThat(smart.body().path("capabilities").toString()).contains("client-confidential-asymmetric");
        var oauth = nobody().get("/.well-known/oauth-authorization-server").expect(200);
        assertThat(oauth.body().path("issuer").asString()).isEqualTo("http://localhost:8080");
        assertThat(oauth.body().path("jwks_uri").asString()).isEqualTo("http://localhost:8080/oauth2/jwks");
        assertThat(oauth.body().has("authorization_endpoint")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/oauth2/authorize", "/oauth2/introspect", "/oauth2/revoke", "/oauth2/par", "/connect/register"})
    void nothingElseOfAnAuthorizationServerIsOpen(String path) {
        assertThat(nobody().get(path).status()).isIn(401, 404);
        assertThat(nobody().json("POST", path, "{}", Map.of()).status()).isIn(401, 404);
        admin().get(path).expect(404);
    }

    // --- what is on record -------------------------------------------------------------------------------------------

    @Test
    void everyTokenThatIsIssuedOrRefusedIsOnRecord() throws Exception {
        var answer = ask(nobody(), acme.assertion()).expect(200);
        var issued = audited(new Document("what", "issue-token").append("who", acme.id()));
        assertThat(issued).hasSize(1);
        assertThat(issued.getFirst().getString("resource"))
                .isEqualTo("token/" + token(answer).getJWTClaimsSet().getJWTID());
        assertThat(issued.getFirst().getString("why")).isEqualTo(ALL_SCOPES);
        assertThat(issued.getFirst().getString("outcome")).isEqualTo("done");

        ask(nobody(), acme.assertion(claims -> claims.audience("elsewhere"))).expect(401);
        assertThat(audited(new Document("what", "issue-token assertion-audience").append("who", acme.id())))
                .singleElement()
                .satisfies(row -> assertThat(row.getString("outcome")).isEqualTo("refused"));
        // whoever can't prove to be this insurer is not written down as it
        ask(nobody(), acme.with(InsurerProgram.rsa("stranger")).assertion()).expect(401);
        assertThat(audited(new Document("what", "issue-token assertion-key-unknown")
                        .append("resource", "insurer/" + acme.id())))
                .singleElement()
                .satisfies(row -> assertThat(row.getString("who")).isEqualTo("system"));
        var scope = form(acme.assertion());
        scope.put("scope", "system/*.rs");
        ask(nobody(), scope).expect(400);
        assertThat(audited(new Document("what", "issue-token invalid-scope").append("who", acme.id())))
                .hasSize(1);
    }

    @Test
    void usedAssertionsAreForgottenSomeTimeAfterTheyExpired() {
        Instant before = Instant.now();
        ask(nobody(), acme.assertion()).expect(200);
        var mongo = context.getBean(MongoOperations.class);
        var row = mongo.getCollection("insurer_assertions")
                .find(new Document("_id", new Document("$regex", "^" + acme.id() + "/")))
                .first();
        assertThat(row).isNotNull();
        assertThat(row.getDate("expiresAt").toInstant()).isAfter(before.plus(Duration.ofMinutes(13)));
        assertThat(mongo.indexOps("insurer_assertions").getIndexInfo())
                .anySatisfy(index -> assertThat(index.getExpireAfter()).hasValue(Duration.ZERO));
    }

    // ---

    private List<Document> audited(Document filter) {
        return context.getBean(MongoOperations.class)
                .getCollection("audit")
                .find(filter)
                .into(new ArrayList<>());
    }

    /** Refused as a client that is not proven or sent a bad assertion, and on record under this rule. */
    private void refused(String assertion, String rule) {
        refused(ask(nobody(), assertion), 401, "invalid_client", rule);
    }

    private void refused(Browser.Answer answer, int status, String error, String rule) {
        answer.expect(status);
        assertThat(answer.body().propertyNames()).containsExactlyInAnyOrder("error", "error_description");
        assertThat(error(answer)).isEqualTo(error);
        assertThat(answer.header("Cache-Control").orElse("")).contains("no-store");
        assertThat(answer.header("Set-Cookie")).isEmpty();
        var last = context.getBean(MongoOperations.class)
                .getCollection("audit")
                .find(new Document("what", new Document("$regex", "^issue-token ")))
                .sort(new Document("_id", -1))
                .first();
        assertThat(last).isNotNull();
        assertThat(last.getString("what")).isEqualTo("issue-token " + rule);
        assertThat(last.getString("outcome")).isEqualTo("refused");
    }

    private static String error(Browser.Answer answer) {
        return answer.body().path("error").asString("");
    }

    private static SignedJWT token(Browser.Answer answer) throws java.text.ParseException {
        return SignedJWT.parse(answer.body().path("access_token").asString());
    }

    private static Date in(Duration ahead) {
        return Date.from(Instant.now().plus(ahead));
    }
}
