package clinicops.staffweb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.Role;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;

class SignInTest extends FrontDoor {
    private static final Map<String, String> PAGE = Map.of("Accept", "text/html,application/xhtml+xml");

    @Test
    void theFirstStartLeavesASignInForTheOwnersEyesOnly() throws Exception {
        var paper = firstSignIn();
        assertThat(paper.propertyNames()).containsExactlyInAnyOrder("url", "username", "password");
        assertThat(paper.path("password").asString()).hasSizeGreaterThanOrEqualTo(20);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(firstSignInFile())))
                .isEqualTo("rw-------");

        var me = admin().get("/api/me").expect(200).body();
        assertThat(me.path("username").asString()).isEqualTo("admin");
        assertThat(me.path("roles").get(0).asString()).isEqualTo("admin");
    }

    @Test
    void signingInGivesASessionInACookieThatNoScriptReads() {
        var browser = nobody();
        var answer = browser.signIn(account(Role.NURSE), PASSWORD).expect(204);
        assertThat(answer.response().headers().allValues("Set-Cookie")).anySatisfy(cookie -> assertThat(cookie)
                .startsWith("clinicops=")
                .contains("HttpOnly")
                .contains("SameSite=Lax")
                .contains("Path=/"));
        assertThat(browser.get("/api/me")
                        .expect(200)
                        .body()
                        .path("roles")
                        .get(0)
                        .asString())
                .isEqualTo("nurse");
    }

    @Test
    void usernamesAreTypedInAnyCase() {
        nobody().signIn("  " + account(Role.NURSE).toUpperCase(java.util.Locale.ROOT), PASSWORD)
                .expect(204);
    }

    @Test
    void aWrongPasswordAnUnknownNameAndAnAccountSwitchedOffGetTheSameAnswer() {
        String off = account(Role.NURSE);
        admin().put("/api/staff/" + off, Map.of("roles", List.of("nurse"), "active", false), 0)
                .expect(200);
        var wrong = nobody().signIn(account(Role.NURSE), "not the password").expect(401, "sign-in-refused");
        var unknown = nobody().signIn("nobody-knows-me", PASSWORD).expect(401, "sign-in-refused");
        var switchedOff = nobody().signIn(off, PASSWORD).expect(401, "sign-in-refused");
        var endless = nobody().signIn(account(Role.NURSE), "x".repeat(5000)).expect(401, "sign-in-refused");
        assertThat(List.of(unknown.text(), switchedOff.text(), endless.text())).containsOnly(wrong.text());
    }

    @Test
    void withoutTheTokenAgainstForeignSitesNothingIsDone() {
        var browser = nobody();
        String form = "username=admin&password=x";
        browser.send(
                        "POST",
                        "/login",
                        BodyPublishers.ofString(form),
                        Map.of("Content-Type", "application/x-www-form-urlencoded"))
                .expect(403, "csrf");
        var admin = admin();
        admin.send("POST", "/api/journeys/rebuild", BodyPublishers.noBody(), Map.of())
                .expect(403, "csrf");
        admin.send("POST", "/logout", BodyPublishers.noBody(), Map.of()).expect(403, "csrf");
        admin.send("POST", "/api/journeys/rebuild", BodyPublishers.noBody(), Map.of("X-XSRF-TOKEN", "guessed"))
                .expect(403, "csrf");
        admin.get("/api/me").expect(200);
    }

    @Test
    void aSessionThatWasPlantedBeforeSigningInIsWorthNothing() {
        var attacker = as(Role.NURSE);
        String known = attacker.cookie("clinicops").orElseThrow();
        var victim = nobody();
        victim.plant("clinicops", known);
        victim.signIn(account(Role.BILLER), PASSWORD).expect(204);
        assertThat(victim.cookie("clinicops")).isPresent().get().isNotEqualTo(known);
        // what the attacker holds is not the victim's session
        attacker.get("/api/me").expect(401, "sign-in-needed");

        var invented = nobody();
        invented.plant("clinicops", "aW52ZW50ZWQ");
        invented.signIn(account(Role.BILLER), PASSWORD).expect(204);
        assertThat(invented.cookie("clinicops").orElseThrow()).isNotEqualTo("aW52ZW50ZWQ");
    }

    @Test
    void signingOutEndsTheSessionForEveryoneWhoHoldsIt() {
        var browser = as(Role.NURSE);
        String session = browser.cookie("clinicops").orElseThrow();
        browser.post("/logout", null).expect(204);
        var thief = nobody();
        thief.plant("clinicops", session);
        thief.get("/api/me").expect(401, "sign-in-needed");
    }

    @Test
    void whoIsAtWorkStaysSignedInWithoutAWritePerRequest() {
        var browser = as(Role.FRONT_DESK);
        var sessions = context.getBean(MongoTemplate.class).getCollection("sessions");
        var mine = Filters.eq(
                "_id",
                new String(
                        Base64.getDecoder().decode(browser.cookie("clinicops").orElseThrow()), UTF_8));
        Document first = sessions.find(mine).first();
        assertThat(first).isNotNull();
        browser.get("/api/me").expect(200);
        browser.get("/api/me").expect(200);
        assertThat(sessions.find(mine).first()).isEqualTo(first);

        long aMinuteAgo = Instant.now().minus(Duration.ofMinutes(1)).toEpochMilli();
        sessions.updateOne(mine, Updates.set("accessedMillis", aMinuteAgo));
        browser.get("/api/me").expect(200);
        Document later = sessions.find(mine).first();
        assertThat(later).isNotNull();
        assertThat(later.getLong("accessedMillis")).isGreaterThan(aMinuteAgo);
    }

    @Test
    void aRequestThatWasUnderWayDoesNotBringTheSessionBack() throws Exception {
        var browser = as(Role.BILLER);
        String session = browser.cookie("clinicops").orElseThrow();
        var other = nobody();
        other.plant("clinicops", session);
        int before = BILLING.asked().size();
        BILLING.hang(true);
        try {
            Thread slow = Thread.ofVirtual().start(() -> other.get("/api/claims"));
            Awaitility.await().until(() -> BILLING.asked().size() > before);
            browser.post("/logout", null).expect(204);
            BILLING.hang(false);
            slow.join();
        } finally {
            BILLING.hang(false);
        }
        var thief = nobody();
        thief.plant("clinicops", session);
        thief.get("/api/me").expect(401, "sign-in-needed");
    }

    @Test
    void everybodyIsToldTheStatusAndNobodyIsSentToAPage() {
        String username = account(Role.NURSE);
        var browser = nobody();
        var answer = browser.get("/api/me", PAGE).expect(401, "sign-in-needed");
        assertThat(answer.header("Location")).isEmpty();
        assertThat(browser.cookie("XSRF-TOKEN")).isPresent();
        String form = "username=" + username + "&password=";
        browser.send("POST", "/login", BodyPublishers.ofString(form + "wrong"), browser.withCsrf(form()))
                .expect(401, "sign-in-refused");
        browser.send(
                        "POST",
                        "/login",
                        BodyPublishers.ofString(form + PASSWORD.replace(' ', '+')),
                        browser.withCsrf(form()))
                .expect(204);
        browser.get("/api/me").expect(200);
        browser.send("POST", "/logout", BodyPublishers.noBody(), browser.withCsrf(PAGE))
                .expect(204);
        browser.get("/api/me", PAGE).expect(401, "sign-in-needed");
    }

    @Test
    void whoAsksForTheFormerSignInPageGetsTheTokenAndTheWayToTheApp() {
        var browser = nobody();
        assertThat(browser.get("/login").expect(302).header("Location")).hasValue("/sign-in");
        assertThat(browser.cookie("XSRF-TOKEN")).isPresent();
    }

    @Test
    void aRoleThatIsTakenAwayIsGoneAtOnce() {
        String username = account(Role.ADMIN, Role.NURSE);
        var browser = nobody();
        browser.signIn(username, PASSWORD).expect(204);
        browser.get("/api/staff").expect(200);
        admin().put("/api/staff/" + username, Map.of("roles", List.of("nurse"), "active", true), 0)
                .expect(200);
        browser.get("/api/staff").expect(403);
        browser.get("/api/me").expect(200);
    }

    @Test
    void aNewPasswordAndAnAccountSwitchedOffEndTheSessions() {
        String username = account(Role.NURSE);
        var browser = nobody();
        browser.signIn(username, PASSWORD).expect(204);
        var change = Map.of("roles", List.of("nurse"), "active", true, "password", "seven slow snails climb");
        admin().put("/api/staff/" + username, change, 0).expect(200);
        browser.get("/api/me").expect(401, "sign-in-needed");
        nobody().signIn(username, PASSWORD).expect(401, "sign-in-refused");
        browser.signIn(username, "seven slow snails climb").expect(204);
        admin().put("/api/staff/" + username, Map.of("roles", List.of("nurse"), "active", false), 1)
                .expect(200);
        browser.get("/api/me").expect(401, "sign-in-needed");
    }

    @Test
    void afterFiveFailuresTheDoorStaysShutForThatName() {
        String username = account(Role.NURSE);
        for (int i = 0; i < 5; i++) {
            nobody().signIn(username, "guess number " + i).expect(401, "sign-in-refused");
        }
        var shut = nobody().signIn(username, PASSWORD).expect(429, "sign-in-throttled");
        assertThat(Integer.parseInt(shut.header("Retry-After").orElseThrow())).isBetween(20, 30);
        for (int i = 0; i < 5; i++) {
            nobody().signIn("no-such-person", "guess number " + i).expect(401, "sign-in-refused");
        }
        nobody().signIn("no-such-person", PASSWORD).expect(429, "sign-in-throttled");
        nobody().signIn(account(Role.NURSE), PASSWORD).expect(204);
    }

    @Test
    void theDoorStaysShutHoweverItsAddressIsSpelled() {
        String username = account(Role.NURSE);
        for (int i = 0; i < 5; i++) {
            nobody().postForm("/log%69n", Map.of("username", username, "password", "guess number " + i))
                    .expect(401, "sign-in-refused");
        }
        nobody().postForm("/log%69n", Map.of("username", username, "password", PASSWORD))
                .expect(429, "sign-in-throttled");
        nobody().signIn(username, PASSWORD).expect(429, "sign-in-throttled");
    }

    @Test
    void everyAnswerIsGuarded() {
        var answer = as(Role.NURSE).get("/api/me").expect(200);
        assertThat(answer.header("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'")
                .contains("frame-ancestors 'none'");
        assertThat(answer.header("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.header("X-Frame-Options")).hasValue("DENY");
        assertThat(answer.header("Referrer-Policy")).hasValue("no-referrer");
        assertThat(answer.header("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(answer.header("X-Correlation-Id")).isPresent();
    }

    @Test
    void signInsRefusalsAndSignOutsAreOnRecord() {
        String username = account(Role.NURSE);
        var browser = nobody();
        browser.signIn(username, "not the password");
        browser.signIn(username, PASSWORD).expect(204);
        browser.post("/logout", null).expect(204);
        var rows = as(Role.AUDITOR)
                .get("/api/services/staff-web/audit?limit=200")
                .expect(200)
                .body()
                .path("items");
        var about = rows.valueStream()
                .filter(row -> row.toString().contains("staff/" + username))
                .map(row -> row.path("who").asString() + " " + row.path("what").asString())
                .toList();
        assertThat(about).contains("admin open-account", username + " sign-in", username + " sign-out");
        assertThat(about.size()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void malformedRequestsGetAProblem() {
        var browser = as(Role.NURSE);
        assertThat(browser.get("/api/patients/a%2Fb").status()).isEqualTo(400);
        browser.get("/api/me;role=admin").expect(400, "malformed-request");
        browser.get("/api/no-such-thing").expect(404, "no-such-route");
        browser.get("/api/staffing").expect(404, "no-such-route");
        nobody().get("/api/no-such-thing").expect(401, "sign-in-needed");
        nobody().get("/api/services/intake/dead-letters").expect(401, "sign-in-needed");
        nobody().get("/v3/api-docs").expect(401, "sign-in-needed");
        nobody().get("/no-such-thing").expect(404, "no-such-route");
        browser.get("/no-such-thing").expect(404, "no-such-route");
    }

    private static Map<String, String> form() {
        return Map.of("Content-Type", "application/x-www-form-urlencoded", "Accept", PAGE.get("Accept"));
    }
}
