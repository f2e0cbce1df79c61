package clinicops.staffweb;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.Caller;
import clinicops.chassis.Role;
import clinicops.staffweb.token.TokenMint;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewayTest extends FrontDoor {
    @BeforeEach
    void start() {
        intakeIsUp();
    }

    @Test
    void theServiceLearnsWhoAsksAndInWhichRole() {
        String username = account(Role.NURSE, Role.BILLER);
        var browser = nobody();
        browser.signIn(username, PASSWORD).expect(204);
        var heard = browser.get("/api/patients/p1").expect(200).body();
        assertThat(heard.path("caller").asString()).isEqualTo(username);
        assertThat(heard.path("roles").toString()).contains("nurse").contains("biller");
        assertThat(heard.path("path").asString()).isEqualTo("/api/patients/p1");
    }

    @Test
    void theServiceItselfDecidesByRole() {
        as(Role.BILLER).get("/api/patients/p1").expect(403);
        as(Role.NURSE).get("/api/patients/p1").expect(200);
    }

    @Test
    void nothingThatABrowserClaimsReachesTheService() {
        var heard = as(Role.NURSE)
                .get(
                        "/api/patients/p1",
                        Map.of(
                                "Authorization", "Bearer of-my-own",
                                "X-Forwarded-For", "10.9.8.7",
                                "X-Forwarded-Host", "evil.example",
                                "Forwarded", "for=10.9.8.7",
                                "X-XSRF-TOKEN", "token",
                                "X-Original-URL", "/api/clock",
                                "X-Client-Address", "10.9.8.7",
                                "Accept", "application/json",
                                "If-None-Match", "\"6\"",
                                "X-Correlation-Id", "my-correlation"))
                .expect(200)
                .body()
                .path("headers");
        assertThat(heard.propertyStream().map(entry -> entry.getKey().toLowerCase(java.util.Locale.ROOT)))
                .contains("authorization", "accept", "if-none-match", "x-correlation-id")
                .doesNotContain(
                        "cookie", "x-forwarded-for", "x-forwarded-host", "forwarded", "x-xsrf-token", "x-original-url");
        assertThat(header(heard, "authorization")).startsWith("Bearer ey").doesNotContain("of-my-own");
        assertThat(header(heard, "x-correlation-id")).isEqualTo("my-correlation");
        assertThat(header(heard, "x-client-address")).isEqualTo("127.0.0.1");
    }

    @Test
    void aServiceSetsNoCookieAndAnswersUnderTheFrontDoorsRules() {
        var browser = as(Role.NURSE);
        String session = browser.cookie("clinicops").orElseThrow();
        var answer = browser.get("/api/patients/p1").expect(200);
        assertThat(answer.response().headers().allValues("Set-Cookie")).noneMatch(c -> c.contains("overwritten"));
        assertThat(browser.cookie("clinicops")).hasValue(session);
        assertThat(answer.header("ETag")).hasValue("\"7\"");
        assertThat(answer.header("Server")).isEmpty();
        for (String once : new String[] {
            "X-Content-Type-Options", "Content-Security-Policy", "X-Correlation-Id", "Cache-Control", "X-Frame-Options"
        }) {
            assertThat(answer.response().headers().allValues(once)).as(once).hasSize(1);
        }
    }

    @Test
    void bodiesQueriesAndVersionsPassUnchanged() {
        var nurse = as(Role.NURSE);
        var put = nurse.put("/api/patients/p1", Map.of("text", "naïve ☂"), 3).expect(200);
        assertThat(put.body().path("text").asString()).isEqualTo("naïve ☂");
        assertThat(put.header("ETag")).hasValue("\"3\"");
        assertThat(nurse.get("/api/patients?q=%C3%A9%20a%2Bb%26c")
                        .expect(200)
                        .body()
                        .path("q")
                        .asString())
                .isEqualTo("é a+b&c");
        assertThat(nurse.get("/api/patients?q=a+b").expect(200).body().path("q").asString())
                .isEqualTo("a b");

        var desk = as(Role.FRONT_DESK);
        var csv = desk.send(
                "POST",
                "/api/referrals/import",
                BodyPublishers.ofByteArray(new byte[3_000_000]),
                desk.withCsrf(Map.of("Content-Type", "text/csv")));
        assertThat(csv.expect(200).body().path("bytes").asLong()).isEqualTo(3_000_000);
    }

    @Test
    void aBodyThatNeverEndsIsCutOff() {
        var desk = as(Role.FRONT_DESK);
        var declared = desk.send(
                "POST",
                "/api/referrals/import",
                BodyPublishers.ofByteArray(new byte[6_000_000]),
                desk.withCsrf(Map.of("Content-Type", "text/csv")));
        declared.expect(413, "body-too-large");
        var chunked = desk.send(
                "POST",
                "/api/referrals/import",
                BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(new byte[6_000_000])),
                desk.withCsrf(Map.of("Content-Type", "text/csv")));
        chunked.expect(413, "body-too-large");
    }

    @Test
    void aDocumentStreamsThroughUpToTheLimitOfUploads() {
        var nurse = as(Role.NURSE);
        var form = nurse.withCsrf(Map.of("Content-Type", "multipart/form-data; boundary=b"));
        var stored = nurse.send(
                "POST", "/api/patients/p1/documents", BodyPublishers.ofByteArray(new byte[15_000_000]), form);
        assertThat(stored.expect(200).body().path("bytes").asLong()).isEqualTo(15_000_000);

        nurse.send("POST", "/api/patients/p1/documents", BodyPublishers.ofByteArray(new byte[22_000_000]), form)
                .expect(413, "body-too-large");
        nurse.send("POST", "/api/patients/p1", BodyPublishers.ofByteArray(new byte[2_000_000]), form)
                .expect(413, "body-too-large");
    }

    @Test
    void aServiceThatHangsIsGivenUpAndNamed() {
        BILLING.hang(true);
        try {
            var answer = as(Role.BILLER).get("/api/claims").expect(504, "service-slow");
            assertThat(answer.body().path("service").asString()).isEqualTo("billing");
        } finally {
            BILLING.hang(false);
        }
    }

    @Test
    void oneServicesClockIsNotMovedPastTheOthers() {
        var admin = as(Role.ADMIN);
        admin.put("/api/services/intake/clock", Map.of("now", "2030-01-01T00:00:00Z"))
                .expect(403, "role");
        admin.put("/api/services/intake/demo-mode", null).expect(403, "role");
        admin.get("/api/services/intake/clock").expect(200);
    }

    @Test
    void theServicesProblemsComeThroughAsTheyAre() {
        var nurse = as(Role.NURSE);
        assertThat(nurse.put("/api/patients/p1", "{\"text\":\"a\",\"more\":1}", 3)
                        .expect(400)
                        .body()
                        .path("field")
                        .asString())
                .isEqualTo("more");
        nurse.put("/api/patients/p1", "{", 3).expect(400);
        nurse.get("/api/patients/p1/unknown").expect(404, "no-such-route");
    }

    @Test
    void aQueryParameterWithoutANameIsTheCallersFault() {
        as(Role.NURSE).get("/api/patients?=1").expect(400, "malformed-query");
    }

    @Test
    void aTokenForAnotherServiceOpensNothing() throws Exception {
        var mint = context.getBean(TokenMint.class);
        var nora = new Caller("nora", Set.of(Role.NURSE));
        assertThat(askIntake(mint.mint(nora, "intake"))).isEqualTo(200);
        assertThat(askIntake(mint.mint(nora, "billing"))).isEqualTo(401);
        assertThat(askIntake(mint.mint(nora, "intake") + "x")).isEqualTo(401);
    }

    @Test
    void aTokenIsUsedAgainForAMinuteButNotForAnotherSessionRoleOrService() {
        var mint = context.getBean(TokenMint.class);
        var nora = new Caller("nora", Set.of(Role.NURSE));
        String token = mint.mint("s1", nora, "intake");
        assertThat(mint.mint("s1", nora, "intake")).isEqualTo(token);
        assertThat(mint.mint("s2", nora, "intake")).isNotEqualTo(token);
        assertThat(mint.mint("s1", nora, "billing")).isNotEqualTo(token);
        assertThat(mint.mint("s1", new Caller("nora", Set.of(Role.BILLER)), "intake"))
                .isNotEqualTo(token);
    }

    @Test
    void thePublishedKeysHoldNoSecret() {
        var keys = nobody().get("/oauth2/jwks").expect(200).body().path("keys");
        assertThat(keys).isNotEmpty();
        assertThat(keys.get(0).propertyNames())
                .contains("kid", "n", "e")
                .doesNotContain("d", "p", "q", "dp", "dq", "qi");
    }

    @Test
    void aServiceThatIsDownIsNamed() {
        intakeIsDown();
        try {
            var answer = as(Role.NURSE).get("/api/patients/p1").expect(503, "service-down");
            assertThat(answer.body().path("service").asString()).isEqualTo("intake");
        } finally {
            intakeIsUp();
        }
        as(Role.NURSE).get("/api/patients/p1").expect(200);
    }

    @Test
    void aServiceThatDoesNotTrustTheFrontDoorSignsNobodyOut() {
        BILLING.failWith(401);
        try {
            var answer = as(Role.BILLER).get("/api/claims").expect(502, "service-distrusts-front-door");
            assertThat(answer.body().path("service").asString()).isEqualTo("billing");
        } finally {
            BILLING.failWith(0);
        }
    }

    @Test
    void everyPrefixLeadsToItsOwner() {
        var browser = as(Role.ADMIN);
        browser.get("/api/sessions/s1?day=2026-11-23");
        browser.get("/api/balances?ids=p1,p2");
        browser.get("/api/inbox");
        assertThat(SCHEDULING.asked()).contains("GET /api/sessions/s1?day=2026-11-23");
        assertThat(BILLING.asked()).contains("GET /api/balances?ids=p1%2Cp2");
        assertThat(NOTIFICATION.asked()).contains("GET /api/inbox");
    }

    @Test
    void whoLooksAfterTheHouseReachesEachServiceByName() {
        var admin = as(Role.ADMIN);
        admin.get("/api/services/intake/dead-letters").expect(200);
        admin.get("/api/services/staff-web/dead-letters").expect(200);
        assertThat(admin.get("/api/services/intake/api-docs")
                        .expect(200)
                        .body()
                        .path("paths")
                        .toString())
                .contains("/api/patients/{id}");
        assertThat(admin.get("/api/services/staff-web/api-docs")
                        .expect(200)
                        .body()
                        .path("paths")
                        .toString())
                .contains("/api/staff");
        admin.get("/api/services/intake/audit").expect(403);
        admin.get("/api/services/staff-web/audit").expect(403);
        as(Role.AUDITOR).get("/api/services/intake/audit?limit=1").expect(200);
        as(Role.NURSE).get("/api/services/intake/clock").expect(403);
        admin.get("/api/services/unknown/clock").expect(404);
        admin.get("/api/services/staff-web/no-such-thing").expect(404, "no-such-route");
    }

    private static String header(tools.jackson.databind.JsonNode headers, String name) {
        return headers.propertyStream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .map(entry -> entry.getValue().asString())
                .findFirst()
                .orElseThrow();
    }

    private int askIntake(String token) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var base = properties().get("clinicops.services.intake");
            var request = HttpRequest.newBuilder(URI.create(base + "/api/patients/p1"))
                    .header("Authorization", "Bearer " + token)
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }
}
