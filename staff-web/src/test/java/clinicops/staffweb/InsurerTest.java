package clinicops.staffweb;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.data.mongodb.core.MongoOperations;

/** Admins register insurers, with public keys and nothing secret. */
class InsurerTest extends FrontDoor {
    private static final JWK RSA = InsurerProgram.rsa("rsa-1");
    private static final JWK EC = InsurerProgram.ec("ec-1");

    @Test
    void anAdminRegistersAnInsurerWithItsPublicKeys() {
        var registered = admin().post("/api/insurers", body(RSA, EC)).expect(201);
        String id = registered.body().path("id").asString();
        assertThat(registered.header("Location")).hasValue("/api/insurers/" + id);
        assertThat(registered.header("ETag")).hasValue("\"0\"");
        assertThat(registered.body().toString())
                .isEqualTo("{\"id\":\"" + id + "\",\"name\":\"Acme Health\",\"payerCode\":\"ACME\","
                        + "\"validation\":\"validated\",\"active\":true,"
                        + "\"keys\":[{\"kid\":\"rsa-1\",\"algorithm\":\"RS384\"},"
                        + "{\"kid\":\"ec-1\",\"algorithm\":\"ES384\"}],"
                        + "\"scopes\":[\"system/Claim.rs\",\"system/ClaimResponse.crs\",\"system/Patient.rs\","
                        + "\"system/Coverage.rs\"],\"version\":0}");
        assertThat(admin().get("/api/insurers/" + id).expect(200).text()).isEqualTo(registered.text());
        assertThat(admin().get("/api/insurers?limit=200").expect(200).text()).contains(id);
        admin().get("/api/insurers/nobody").expect(404, "not-found");
        assertThat(audited("insurer/" + id)).extracting("what").contains("register-insurer", "read-insurer");
        assertThat(audited("insurer/" + id)).extracting("who").containsOnly("admin");
    }

    @Test
    void aPayerMayHaveMoreThanOneProgram() {
        var first = admin().post("/api/insurers", body(RSA)).expect(201);
        var second = admin().post("/api/insurers", body(RSA)).expect(201);
        assertThat(second.body().path("id").asString())
                .isGreaterThan(first.body().path("id").asString());
    }

    @Test
    void theSameRequestSentTwiceRegistersOne() {
        var admin = admin();
        var key = Map.of("Idempotency-Key", "register-acme");
        var first = admin.json("POST", "/api/insurers", body(RSA), key).expect(201);
        var again = admin.json("POST", "/api/insurers", body(RSA), key).expect(201);
        assertThat(again.text()).isEqualTo(first.text());
        admin.json("POST", "/api/insurers", body(EC), key).expect(422, "idempotency-key-reuse");
    }

    @Test
    void aChangeNeedsTheVersionThatWasSeenAndKeepsThePayer() {
        var admin = admin();
        String path = "/api/insurers/"
                + admin.post("/api/insurers", body(RSA))
                        .expect(201)
                        .body()
                        .path("id")
                        .asString();
        Map<String, Object> change = new HashMap<>(Map.of("name", "Acme II", "validation", "strict", "active", false));
        admin.put(path, change).expect(428, "if-match-required");
        var changed = admin.put(path, change, 0).expect(200);
        assertThat(changed.header("ETag")).hasValue("\"1\"");
        assertThat(changed.body().path("keys").toString()).contains("rsa-1");
        assertThat(changed.body().path("active").asBoolean()).isFalse();
        assertThat(changed.body().path("validation").asString()).isEqualTo("strict");
        var stale = admin.put(path, change, 0).expect(412, "stale-version");
        assertThat(stale.body().path("changes").toString()).contains("switch-insurer-off");
        change.put("jwks", InsurerProgram.jwks(EC));
        change.put("active", true);
        assertThat(admin.put(path, change, 1).expect(200).body().path("keys").toString())
                .contains("ec-1")
                .doesNotContain("rsa-1");
        change.put("payerCode", "OTHER");
        assertThat(admin.put(path, change, 2).expect(400).body().path("field").asString())
                .isEqualTo("payerCode");
    }

    @Test
    void refusesAPrivateKeyAndKeepsNothingOfIt() {
        for (JWK key : List.of(RSA, EC)) {
            var body = body(EC);
            body.put("jwks", Map.of("keys", List.of(key.toJSONObject())));
            var refused = admin().post("/api/insurers", body).expect(422, "public-keys-only");
            String secret = key.toJSONObject().get("d").toString();
            assertThat(refused.text()).doesNotContain(secret);
            var mongo = context.getBean(MongoOperations.class);
            for (String collection : mongo.getCollectionNames()) {
                assertThat(mongo.getCollection(collection).find())
                        .noneMatch(row -> row.toJson().contains(secret));
            }
        }
    }

    @Test
    void whatIsStoredIsPublicAlone() {
        var key = new LinkedHashMap<>(RSA.toPublicJWK().toJSONObject());
        key.put("x-note", "from our key vault");
        var body = body(EC);
        body.put("jwks", Map.of("keys", List.of(key)));
        String id = admin().post("/api/insurers", body)
                .expect(201)
                .body()
                .path("id")
                .asString();
        var stored = context.getBean(MongoOperations.class)
                .getCollection("insurers")
                .find(new Document("_id", id))
                .first();
        assertThat(stored).isNotNull();
        assertThat(stored.toJson()).doesNotContain("vault").doesNotContain("clinicops.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
                    name       | ' '      | 400 | not-blank | name
                    payerCode  | ' '      | 400 | not-blank | payerCode
                    payerCode  | a/b      | 400 | pattern   | payerCode
                    validation | lenient  | 400 | pattern   | validation
                    nickname   | x        | 400 | unknown-field | nickname
                    """)
    void refusesWithFieldAndRule(String field, String value, int status, String rule, String named) {
        var body = body(RSA);
        body.put(field, value);
        var refused = admin().post("/api/insurers", body).expect(status);
        assertThat(refused.body().path("errors").toString()).contains(named);
        assertThat(refused.text()).contains(rule);
    }

    @Test
    void refusesWhatCannotBeRead() {
        var admin = admin();
        for (Object jwks : new Object[] {
            Map.of(),
            Map.of("keys", List.of()),
            Map.of("keys", "https://acme.example/jwks"),
            "https://acme.example/jwks",
            List.of(),
            Map.of("keys", List.of("x")),
            Map.of("keys", List.of(List.of())),
            Map.of("keys", List.of(RSA.toPublicJWK().toJSONObject()), "x", 1)
        }) {
            var body = body(RSA);
            body.put("jwks", jwks);
            admin.post("/api/insurers", body).expect(400);
        }
        var none = body(RSA);
        none.remove("jwks");
        admin.post("/api/insurers", none).expect(400);
        admin.post("/api/insurers", "{").expect(400);
        var many = body(RSA);
        var keys = new ArrayList<Object>();
        for (int i = 0; i < 11; i++) {
            keys.add(RSA.toPublicJWK().toJSONObject());
        }
        many.put("jwks", Map.of("keys", keys));
        admin.post("/api/insurers", many).expect(400);
        admin.get("/api/insurers?limit=0").expect(400);
    }

    private List<Document> audited(String resource) {
        return context.getBean(MongoOperations.class)
                .getCollection("audit")
                .find(new Document("resource", resource))
                .into(new ArrayList<>());
    }

    private static Map<String, Object> body(JWK... keys) {
        var body = new LinkedHashMap<String, Object>();
        body.put("name", "Acme Health");
        body.put("payerCode", "ACME");
        body.put("jwks", InsurerProgram.jwks(keys));
        return body;
    }
}
