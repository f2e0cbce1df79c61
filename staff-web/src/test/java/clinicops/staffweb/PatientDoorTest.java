package clinicops.staffweb;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.Role;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A patient's way from the link to intake; notification, which knows the links, is acted, intake is real and small. */
class PatientDoorTest extends FrontDoor {

    @AfterEach
    void allIsWell() {
        NOTIFICATION.failWith(0);
        NOTIFICATION.hang(false);
    }

    private Browser.Answer open(Browser browser, String token) {
        return browser.send(
                "POST",
                "/patient/token",
                BodyPublishers.ofString("{\"token\":\"" + token + "\"}"),
                Map.of("Content-Type", "application/json"));
    }

    private String access() {
        return open(nobody(), "good").expect(200).body().path("accessToken").asString();
    }

    private static Map<String, String> with(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    @Test
    void aLinkIsTurnedIntoATokenOfFiveMinutesForThatOneThing() throws Exception {
        var patient = nobody();
        var answer = open(patient, "good").expect(200);

        assertThat(answer.body().path("purpose").asString()).isEqualTo("paperwork");
        assertThat(answer.body().path("language").asString()).isEqualTo("es");
        assertThat(answer.body().path("expiresInSeconds").asLong()).isEqualTo(300);
        assertThat(answer.header("Cache-Control")).hasValue("no-store");
        assertThat(answer.header("Set-Cookie")).isEmpty();
        var claims =
                SignedJWT.parse(answer.body().path("accessToken").asString()).getJWTClaimsSet();
        assertThat(claims.getSubject()).isEqualTo("patient");
        assertThat(claims.getAudience()).containsExactly("patient");
        assertThat(claims.getStringClaim("scope")).isEqualTo("paperwork");
        assertThat(claims.getStringClaim("patient_id")).isEqualTo("p1");
        assertThat(claims.getStringClaim("link_id")).isEqualTo("l1");
        assertThat(claims.getStringClaim("resource")).isEqualTo("registration");
        assertThat(claims.getClaim("roles")).isNull();
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofMinutes(5));
        assertThat(NOTIFICATION.asked()).contains("POST /links/redemption {\"token\":\"good\"}");
        var own = SignedJWT.parse(
                        NOTIFICATION.heard().get("authorization").getFirst().substring("Bearer ".length()))
                .getJWTClaimsSet();
        assertThat(own.getAudience()).containsExactly("links");
        assertThat(own.getStringClaim("scope")).isEqualTo("redeem");
    }

    @Test
    void aLinkThatDoesNotWorkIsRefused() {
        open(nobody(), "").expect(401, "link-refused");
        open(nobody(), "garbage").expect(401, "link-refused");
        open(nobody(), "late").expect(401, "link-expired");
        open(nobody(), "x".repeat(201)).expect(400);
        var patient = nobody();
        var headers = Map.of("Content-Type", "application/json");
        for (String body :
                new String[] {"", "{}", "{\"token\":7}", "{\"token\":null}", "[]", "{\"tokens\":\"good\"}"}) {
            patient.send("POST", "/patient/token", BodyPublishers.ofString(body), headers)
                    .expect(400);
        }
        patient.get("/patient/token").expect(405);
        patient.get("/patient/elsewhere").expect(404);
    }

    @Test
    void saysThatLinksCantBeOpenedAtTheMomentInsteadOfThatTheyDontWork() {
        NOTIFICATION.failWith(500);
        assertThat(open(nobody(), "good").expect(503, "service-down").header("Retry-After"))
                .hasValue("5");
        NOTIFICATION.failWith(0);
        NOTIFICATION.down(true);
        try {
            open(nobody(), "good").expect(503, "service-down");
        } finally {
            NOTIFICATION.down(false);
        }
        open(nobody(), "good").expect(200);
    }

    @Test
    void theTokenOpensThePatientsDoorOfIntakeAndNothingElse() {
        intakeIsUp();
        var patient = nobody();
        String token = access();
        var heard = patient.get(
                        "/patient/api/visit",
                        Map.of(
                                "Authorization", "Bearer " + token,
                                "X-Forwarded-For", "10.9.8.7",
                                "Cookie", "clinicops=stolen"))
                .expect(200);

        assertThat(heard.body().path("path").asString()).isEqualTo("/patient/visit");
        assertThat(heard.body().path("caller").asString()).isEqualTo("patient");
        assertThat(heard.body().path("roles")).isEmpty();
        assertThat(heard.body().path("headers").has("Cookie")).isFalse();
        assertThat(heard.body().path("headers").has("X-Forwarded-For")).isFalse();
        assertThat(heard.header("Set-Cookie")).isEmpty();
        var filled = patient.send(
                        "PUT",
                        "/patient/api/registration/drugs",
                        BodyPublishers.ofString("{\"text\":\"none\"}"),
                        Map.of(
                                "Authorization",
                                "Bearer " + token,
                                "If-Match",
                                "\"3\"",
                                "Content-Type",
                                "application/json"))
                .expect(200);
        assertThat(filled.header("ETag")).hasValue("\"3\"");
        assertThat(filled.body().path("patientId").asString()).isEqualTo("p1");
        assertThat(filled.body().path("resource").asString()).isEqualTo("registration");

        nobody().get("/api/patients", with(token)).expect(401, "sign-in-needed");
        nobody().get("/api/me", with(token)).expect(401, "sign-in-needed");
        patient.get("/patient/api/../api/patients", with(token)).expect(400);
        patient.get("/patient/api/%2e%2e/api/patients", with(token)).expect(400);
        assertThat(patient.cookie("clinicops")).isEmpty();
        assertThat(patient.cookie("XSRF-TOKEN")).isEmpty();
    }

    @Test
    void nobodyElseGetsThrough() {
        intakeIsUp();
        nobody().get("/patient/api/visit").expect(401, "token-required");
        nobody().get("/patient/api/visit", with("garbage")).expect(401, "invalid-token");
        String token = access();
        nobody().get("/patient/api/visit", with(token.substring(0, token.length() - 4) + "AAAA"))
                .expect(401, "invalid-token");
        as(Role.ADMIN, Role.NURSE).get("/patient/api/visit").expect(401, "token-required");
    }

    @Test
    void saysThatIntakeIsDown() {
        intakeIsDown();
        assertThat(nobody().get("/patient/api/visit", with(access()))
                        .expect(503, "service-down")
                        .header("Retry-After"))
                .hasValue("5");
    }

    @Test
    void everybodyMayKnowWhomToCall() {
        var clinic = nobody().get("/patient/clinic").expect(200);
        assertThat(clinic.body().path("name").asString()).isEqualTo("Riverside Clinic");
        assertThat(clinic.body().path("phone").asString()).isEqualTo("555-0100");
    }

    @Test
    void thePageIsOpenAndSetsNoCookie() {
        var patient = nobody();
        var page = patient.get("/p", Map.of("Accept", "text/html")).expect(200);
        assertThat(page.text()).contains("The patients' page, as tests see it");
        assertThat(page.header("Content-Security-Policy"))
                .hasValueSatisfying(policy ->
                        assertThat(policy).contains("script-src 'self'").contains("frame-ancestors 'none'"));
        assertThat(page.header("Referrer-Policy")).hasValue("no-referrer");
        assertThat(page.header("Cache-Control")).hasValue("no-store");
        assertThat(patient.cookie("XSRF-TOKEN")).isEmpty();
        assertThat(patient.cookie("clinicops")).isEmpty();
    }
}
