package clinicops.staffweb;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.Role;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The way of an insurer's program to the FHIR door; the door itself is acted, and is tested where it stands. */
class InsurerPassageTest extends FrontDoor {
    private static final Map<String, String> TOKEN = Map.of("Authorization", "Bearer of-the-insurer");

    @Test
    void theInsurersOwnTokenAndFhirsHeadersGoThroughAndNothingElse() {
        var insurer = nobody();
        insurer.get("/login");
        var answer = insurer.send(
                        "POST",
                        "/fhir/ClaimResponse?_pretty=false",
                        BodyPublishers.ofString("{\"resourceType\":\"ClaimResponse\"}"),
                        Map.of(
                                "Authorization", "Bearer of-the-insurer",
                                "Content-Type", "application/fhir+json",
                                "Accept", "application/fhir+json",
                                "If-None-Exist", "identifier=a|b",
                                "Prefer", "return=minimal",
                                "X-Forwarded-For", "10.9.8.7",
                                "X-Forwarded-Host", "evil.example",
                                "Forwarded", "for=10.9.8.7",
                                "X-Original-URL", "/api/claims",
                                "X-Correlation-Id", "of-the-insurer"))
                .expect(201);
        assertThat(BILLING.asked())
                .contains("POST /fhir/ClaimResponse?_pretty=false {\"resourceType\":\"ClaimResponse\"}");
        var heard = BILLING.heard();
        assertThat(heard.get("authorization")).containsExactly("Bearer of-the-insurer");
        assertThat(heard.get("if-none-exist")).containsExactly("identifier=a|b");
        assertThat(heard.get("prefer")).containsExactly("return=minimal");
        assertThat(heard.get("content-type")).singleElement().asString().startsWith("application/fhir+json");
        assertThat(heard.get("x-correlation-id")).containsExactly("of-the-insurer");
        assertThat(heard)
                .doesNotContainKeys("cookie", "x-forwarded-for", "x-forwarded-host", "forwarded", "x-original-url");

        assertThat(answer.header("Location")).hasValue("http://localhost/fhir/ClaimResponse/r1/_history/1");
        assertThat(answer.header("ETag")).hasValue("W/\"3\"");
        assertThat(answer.header("Last-Modified")).isPresent();
        assertThat(answer.header("Content-Type")).hasValue("application/fhir+json;charset=utf-8");
        assertThat(answer.header("X-Of-The-Service")).isEmpty();
        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(answer.header("X-Content-Type-Options")).hasValue("nosniff");
    }

    @Test
    void aStaffSessionOpensNothing() {
        var admin = as(Role.ADMIN, Role.BILLER);
        String session = admin.cookie("clinicops").orElseThrow();
        var answer = admin.get("/fhir/Claim").expect(401);
        assertThat(BILLING.heard()).doesNotContainKeys("authorization", "cookie");
        assertThat(answer.header("WWW-Authenticate"))
                .hasValueSatisfying(way -> assertThat(way).startsWith("Bearer"));
        assertThat(answer.body().path("resourceType").asString()).isEqualTo("OperationOutcome");
        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(admin.cookie("clinicops")).hasValue(session);
        nobody().get("/fhir/metadata").expect(200);
    }

    @Test
    void noCookieIsSetAndNoTokenAgainstForeignSitesAskedFor() {
        var insurer = nobody();
        insurer.send("POST", "/fhir/ClaimResponse", BodyPublishers.ofString("{}"), TOKEN)
                .expect(201);
        assertThat(insurer.cookie("XSRF-TOKEN")).isEmpty();
        assertThat(insurer.cookie("clinicops")).isEmpty();
    }

    @Test
    void anInsurersTokenOpensNothingElse() {
        nobody().get("/api/me", TOKEN).expect(401, "sign-in-needed");
        nobody().get("/api/claims", TOKEN).expect(401, "sign-in-needed");
        nobody().get("/api/live", TOKEN).expect(401, "sign-in-needed");
    }

    @Test
    void whatIsSearchedForByPostStaysInTheBody() {
        var insurer = nobody();
        insurer.send(
                        "POST",
                        "/fhir/Claim/_search?_count=2",
                        BodyPublishers.ofString("patient=p1&created=ge2026-11-01"),
                        Map.of(
                                "Authorization", "Bearer of-the-insurer",
                                "Content-Type", "application/x-www-form-urlencoded"))
                .expect(201);
        assertThat(BILLING.asked()).contains("POST /fhir/Claim/_search?_count=2 patient=p1&created=ge2026-11-01");
        insurer.get("/fhir/Claim?patient=p1&created=ge2026-11-01&created=lt2026-12-01&identifier=a%7Cb%20c", TOKEN)
                .expect(200);
        assertThat(BILLING.asked()).anySatisfy(asked -> assertThat(asked)
                .contains("patient=p1")
                .contains("created=ge2026-11-01")
                .contains("created=lt2026-12-01")
                .contains("identifier=a%7Cb%20c"));
    }

    @Test
    void headersThatTryToHideOrDoubleTheTokenChangeNothing() throws Exception {
        String two = raw("GET /fhir/Claim HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Authorization: Bearer one\r\nAuthorization: Bearer two\r\n\r\n");
        assertThat(two).startsWith("HTTP/1.1 400").contains("OperationOutcome");
        String hidden = raw("GET /fhir/Claim HTTP/1.1\r\nHost: localhost\r\nConnection: close, Authorization\r\n"
                + "Authorization: Bearer one\r\n\r\n");
        assertThat(hidden)
                .satisfiesAnyOf(answer -> assertThat(answer).startsWith("HTTP/1.1 200"), answer -> assertThat(answer)
                        .startsWith("HTTP/1.1 401"));
        int before = BILLING.asked().size();
        String smuggled = raw("POST /fhir/ClaimResponse HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Authorization: Bearer one\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "0\r\n\r\nGET /fhir/Patient/smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(smuggled).doesNotContain("smuggled");
        assertThat(BILLING.asked().stream().skip(before)).noneMatch(asked -> asked.contains("smuggled"));
        String folded = raw("GET /fhir/Claim HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "X-A: b\r\n Authorization: Bearer folded\r\n\r\n");
        assertThat(folded).doesNotStartWith("HTTP/1.1 200");
    }

    @Test
    void noWayLeadsFromThisPassageToTheRestOfTheService() {
        var insurer = nobody();
        int before = BILLING.asked().size();
        for (String path : new String[] {
            "/fhir/../api/claims",
            "/fhir/%2e%2e/api/claims",
            "/fhir/..%2fapi/claims",
            "/fhir//api/claims",
            "/fhir/Claim;a=b",
            "/fhir/Claim%00"
        }) {
            var answer = insurer.get(path, TOKEN);
            assertThat(answer.status()).as(path).isBetween(400, 404);
        }
        assertThat(BILLING.asked().stream().skip(before)).noneMatch(asked -> asked.contains("/api/"));
        assertThat(insurer.get("/fhir/Claim;a=b", TOKEN)
                        .expect(400)
                        .body()
                        .path("resourceType")
                        .asString())
                .isEqualTo("OperationOutcome");
        for (String query : new String[] {"?=1", "?a=%zz"}) {
            var malformed = insurer.send("GET", "/fhir/Claim?x=1", BodyPublishers.noBody(), TOKEN);
            malformed.expect(200);
            assertThat(rawQuery(query)).startsWith("HTTP/1.1 400").contains("OperationOutcome");
        }
    }

    @Test
    void theDocumentThatSaysWhereTokensAreIsTheFrontDoorsOwn() {
        int before = BILLING.asked().size();
        nobody().get("/fhir/.well-known/smart-configuration").expect(200);
        assertThat(nobody().get("/fhir/.well-known/no-such-thing").status()).isEqualTo(404);
        assertThat(BILLING.asked()).hasSize(before);
    }

    @Test
    void aDoorThatIsDownSlowOrBreaksOffIsAnOperationOutcome() {
        var insurer = nobody();
        BILLING.hang(true);
        try {
            var slow = insurer.get("/fhir/Claim", TOKEN).expect(504);
            assertOutcome(slow, "service-slow");
            assertThat(slow.text()).contains("not known");
        } finally {
            BILLING.hang(false);
        }
        BILLING.down(true);
        try {
            var down = insurer.send("POST", "/fhir/ClaimResponse", BodyPublishers.ofString("{}"), TOKEN);
            // a connection that was kept may have taken the request before it broke
            assertOutcome(down.expect(503), "service-down");
            var certain = insurer.get("/fhir/Claim", TOKEN).expect(503);
            assertOutcome(certain, "service-down");
            assertThat(certain.text()).contains("nothing was done");
            assertThat(certain.header("Retry-After")).isPresent();
        } finally {
            BILLING.down(false);
        }
        insurer.get("/fhir/Claim", TOKEN).expect(200);
    }

    @Test
    void aBodyThatIsTooLargeIsAnOperationOutcome() {
        var insurer = nobody();
        var declared =
                insurer.send("POST", "/fhir/ClaimResponse", BodyPublishers.ofByteArray(new byte[1_100_000]), TOKEN);
        assertOutcome(declared.expect(413), "body-too-large");
        var endless = insurer.send(
                "POST",
                "/fhir/ClaimResponse",
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[1_100_000])),
                TOKEN);
        assertOutcome(endless.expect(413), "body-too-large");
    }

    private static void assertOutcome(Browser.Answer answer, String rule) {
        assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/fhir+json");
        assertThat(answer.body().path("resourceType").asString()).isEqualTo("OperationOutcome");
        assertThat(answer.body().at("/issue/0/details/coding/0/code").asString())
                .isEqualTo(rule);
    }

    private String rawQuery(String query) {
        try {
            return raw("GET /fhir/Claim" + query + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Authorization: Bearer one\r\n\r\n");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Exactly these bytes, as no well-behaved client sends them. */
    private String raw(String request) throws java.io.IOException {
        try (var socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
            socket.setSoTimeout(15_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
