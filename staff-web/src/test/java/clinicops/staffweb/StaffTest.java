package clinicops.staffweb;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StaffTest extends FrontDoor {
    @Test
    void anAdminOpensAnAccountWithoutEverSeeingThePasswordAgain() {
        var opened = admin().post("/api/staff", body("ursula")).expect(201);
        assertThat(opened.header("Location")).hasValue("/api/staff/ursula");
        assertThat(opened.header("ETag")).hasValue("\"0\"");
        assertThat(opened.text()
                        + admin().get("/api/staff/ursula").text()
                        + admin().get("/api/staff").text())
                .doesNotContain(PASSWORD)
                .doesNotContain("bcrypt");
        assertThat(admin().get("/api/staff?cursor=&limit=200")
                        .expect(200)
                        .body()
                        .path("items")
                        .toString())
                .contains("ursula");
        admin().post("/api/staff", body("ursula")).expect(409, "username-taken");
        admin().post("/api/staff", body("staff-web")).expect(409, "username-taken");
    }

    @Test
    void theSameRequestSentTwiceOpensOneAccount() {
        var key = Map.of("Idempotency-Key", "open-viktor");
        var admin = admin();
        var first = admin.json("POST", "/api/staff", body("viktor"), key).expect(201);
        var again = admin.json("POST", "/api/staff", body("viktor"), key).expect(201);
        assertThat(again.text()).isEqualTo(first.text());
        admin.json("POST", "/api/staff", body("viktoria"), key).expect(422, "idempotency-key-reuse");
    }

    @Test
    void aChangeNeedsTheVersionThatWasSeen() {
        String username = account(Role.NURSE);
        var change = Map.of("roles", List.of("nurse", "therapist"), "active", true);
        admin().put("/api/staff/" + username, change).expect(428);
        var changed = admin().put("/api/staff/" + username, change, 0).expect(200);
        assertThat(changed.header("ETag")).hasValue("\"1\"");
        var stale = admin().put("/api/staff/" + username, change, 0).expect(412);
        assertThat(stale.body().path("currentVersion").asLong()).isEqualTo(1);
        admin().put("/api/staff/nobody-knows-me", change, 0).expect(404);
    }

    @Test
    void anAdminCannotLockAllAdminsOut() {
        long version = admin().get("/api/staff/admin")
                .expect(200)
                .body()
                .path("version")
                .asLong();
        admin().put("/api/staff/admin", Map.of("roles", List.of("admin"), "active", false), version)
                .expect(409, "own-account");
        admin().put("/api/staff/admin", Map.of("roles", List.of("nurse"), "active", true), version)
                .expect(409, "own-account");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    username | Upper     | 400 | pattern           | username
                    username | x         | 400 | pattern           | username
                    username | a b       | 400 | pattern           | username
                    name     | ' '       | 400 | not-blank         | name
                    password | short     | 422 | password-too-short | password
                    password | Password1234 | 422 | password-too-common | password
                    roles    | surgeon   | 400 | role              | roles[0]
                    """)
    void refusesWithFieldAndRule(String field, String value, int status, String rule, String named) {
        var body = body("walter");
        body.put(field, field.equals("roles") ? List.of(value) : value);
        var refused = admin().post("/api/staff", body).expect(status, rule);
        assertThat(refused.body().path("field").asString()).isEqualTo(named);
        admin().get("/api/staff/walter").expect(404);
    }

    @Test
    void refusesWhatCannotBeRead() {
        var admin = admin();
        admin.post("/api/staff", "{").expect(400);
        admin.post("/api/staff", "[]").expect(400);
        admin.post("/api/staff", "{}").expect(400);
        var unknown = body("xavier");
        unknown.put("nickname", "x");
        assertThat(admin.post("/api/staff", unknown)
                        .expect(400)
                        .body()
                        .path("field")
                        .asString())
                .isEqualTo("nickname");
        var wrongType = body("xavier");
        wrongType.put("roles", "nurse");
        admin.post("/api/staff", wrongType).expect(400);
        var none = body("xavier");
        none.put("roles", List.of());
        admin.post("/api/staff", none).expect(400);
        var nulled = body("xavier");
        nulled.put("password", null);
        admin.post("/api/staff", nulled).expect(400);
        admin.json("POST", "/api/staff", body("xavier"), Map.of("Content-Type", "text/plain"))
                .expect(415);
        admin.get("/api/staff?limit=0").expect(400);
        admin.get("/api/staff?limit=many").expect(400);
        admin.get("/api/staff?cursor=%25%25").expect(400);
        admin.get("/api/staff/xavier").expect(404);
    }

    @Test
    void whoChangesTheirOwnPasswordIsSignedOutEverywhere() {
        String username = account(Role.NURSE);
        var here = nobody();
        here.signIn(username, PASSWORD).expect(204);
        var elsewhere = nobody();
        elsewhere.signIn(username, PASSWORD).expect(204);
        var change = Map.of("current", PASSWORD, "password", "a much better one");

        here.put("/api/me/password", Map.of("current", "not mine at all", "password", "a much better one"))
                .expect(422, "wrong-password");
        here.put("/api/me/password", Map.of("current", PASSWORD, "password", PASSWORD))
                .expect(422, "password-same");
        here.put("/api/me/password", Map.of("current", PASSWORD, "password", "short"))
                .expect(422, "password-too-short");
        here.put("/api/me/password", Map.of("password", "a much better one")).expect(400);
        here.put("/api/me/password", change).expect(204);

        here.get("/api/me").expect(401, "sign-in-needed");
        elsewhere.get("/api/me").expect(401, "sign-in-needed");
        nobody().signIn(username, PASSWORD).expect(401, "sign-in-refused");
        nobody().signIn(username, "a much better one").expect(204);
    }

    @Test
    void whoFindsAScreenLeftOpenDoesNotGuessThePassword() {
        var leftOpen = as(Role.NURSE);
        int guesses = 0;
        while (guesses < 50
                && leftOpen.put(
                                        "/api/me/password",
                                        Map.of("current", "guess " + guesses, "password", "mine from now on"))
                                .status()
                        == 422) {
            guesses++;
        }
        assertThat(guesses).isBetween(1, 20);
        var refused = leftOpen.put(
                        "/api/me/password", Map.of("current", "one more guess", "password", "mine from now on"))
                .expect(429, "sign-in-throttled");
        assertThat(refused.header("Retry-After")).isPresent();
    }

    @Test
    void aPinOpensALockedScreenUntilThePasswordChanges() {
        String username = account(Role.NURSE);
        var tablet = nobody();
        tablet.signIn(username, PASSWORD).expect(204);
        assertThat(tablet.get("/api/me").expect(200).body().path("pinSet").asBoolean())
                .isFalse();
        tablet.post("/api/me/unlock", Map.of("pin", "2580")).expect(409, "pin-missing");

        tablet.post("/api/me/pin", Map.of("password", "not mine at all", "pin", "2580"))
                .expect(422, "wrong-password");
        for (String simple : List.of("1111", "1234", "98765432")) {
            tablet.post("/api/me/pin", Map.of("password", PASSWORD, "pin", simple))
                    .expect(422, "pin-too-simple");
        }
        tablet.post("/api/me/pin", Map.of("password", PASSWORD, "pin", "25a0")).expect(400);
        tablet.post("/api/me/pin", Map.of("password", PASSWORD, "pin", "2580")).expect(204);
        assertThat(tablet.get("/api/me").expect(200).body().path("pinSet").asBoolean())
                .isTrue();
        assertThat(admin().get("/api/staff/" + username).expect(200).text())
                .doesNotContain("pin")
                .doesNotContain("bcrypt");

        tablet.post("/api/me/unlock", Map.of("pin", "0852")).expect(422, "wrong-pin");
        tablet.post("/api/me/unlock", Map.of("pin", "2580")).expect(204);
        // the others of this account stay signed in: a PIN is no password
        tablet.get("/api/me").expect(200);

        tablet.put("/api/me/password", Map.of("current", PASSWORD, "password", "a much better one"))
                .expect(204);
        tablet.signIn(username, "a much better one").expect(204);
        tablet.post("/api/me/unlock", Map.of("pin", "2580")).expect(409, "pin-missing");
    }

    @Test
    void whoGuessesThePinOfALockedScreenSoonWaits() {
        String username = account(Role.NURSE);
        var tablet = nobody();
        tablet.signIn(username, PASSWORD).expect(204);
        tablet.post("/api/me/pin", Map.of("password", PASSWORD, "pin", "2580")).expect(204);
        int guesses = 0;
        while (guesses < 50
                && tablet.post("/api/me/unlock", Map.of("pin", String.valueOf(5000 + guesses)))
                                .status()
                        == 422) {
            guesses++;
        }
        assertThat(guesses).isBetween(1, 20);
        var refused = tablet.post("/api/me/unlock", Map.of("pin", "2580")).expect(429, "sign-in-throttled");
        assertThat(refused.header("Retry-After")).isPresent();
        // the password opens the door all the same
        nobody().signIn(username, PASSWORD).expect(204);
    }

    private static Map<String, Object> body(String username) {
        var body = new LinkedHashMap<String, Object>();
        body.put("username", username);
        body.put("name", "Somebody");
        body.put("password", PASSWORD);
        body.put("roles", List.of("nurse"));
        return body;
    }
}
