package clinicops.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.testing.AccessMatrix;
import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.ServiceTest;
import clinicops.chassis.testing.TestTokens;
import clinicops.chassis.tiny.TinyService;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@ServiceTest(database = "tiny", service = TinyService.class)
class AccessTest {
    @Autowired
    ApplicationContext context;

    private ServiceDoor door() {
        return ServiceDoor.of(context);
    }

    private void refused(String token) {
        var answer = door().with("Authorization", token).get("/api/jars").expect(401, "invalid-token");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer error=\"invalid_token\"");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    private static String token(Consumer<JWTClaimsSet.Builder> changes) {
        return TestTokens.bearer("nora", "tiny", changes, Role.NURSE);
    }

    @Test
    void letsInWhoHasTheRole() {
        door().with("Authorization", token(claims -> {})).get("/api/jars").expect(200);
    }

    @Test
    void refusesWithoutAToken() {
        var answer = door().get("/api/jars").expect(401, "token-required");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    }

    @Test
    void refusesTokensThatAreNotTheIssuersForThisServiceAndNow() {
        refused(token(claims -> claims.audience("billing")));
        refused(token(claims -> claims.audience(List.of())));
        refused(token(claims -> claims.issuer("http://evil.example")));
        refused(token(claims -> claims.issuer(null)));
        refused(token(claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(60)))));
        refused(token(claims -> claims.expirationTime(null)));
        refused(token(claims -> claims.notBeforeTime(Date.from(Instant.now().plusSeconds(120)))));
        refused(TestTokens.forged("nora", "tiny", Role.NURSE));
        refused(TestTokens.unsigned("nora", "tiny", Role.NURSE));
        refused("Bearer nonsense");
        refused("Bearer " + token(claims -> {}).substring(7).replaceAll("\\.[^.]*$", "."));
    }

    @Test
    void refusesOtherRolesAndWritesItDown() {
        var answer = door().as("bill", Role.BILLER).post("/api/jars", "{}").expect(403, "role");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        var rows = door().as("ada", Role.AUDITOR)
                .get("/api/audit?who=bill")
                .expect(200)
                .body()
                .path("items");
        assertThat(rows.path(0).path("what").asString()).isEqualTo("post /api/jars");
        assertThat(rows.path(0).path("outcome").asString()).isEqualTo("refused");
        assertThat(rows.path(0).path("roles").path(0).asString()).isEqualTo("biller");
    }

    @Test
    void refusesRolesThatTheClinicDoesNotKnow() {
        door().with("Authorization", TestTokens.bearer("x", "tiny", claims -> claims.claim("roles", List.of("root"))))
                .get("/api/jars")
                .expect(403);
        door().with("Authorization", TestTokens.bearer("x", "tiny", claims -> claims.claim("roles", "nurse")))
                .get("/api/jars")
                .expect(403);
    }

    @Test
    void asksEveryRouteAsEveryRole() {
        AccessMatrix.verify(context);
    }

    @Test
    void keepsHealthOpenAndTheRestOfActuatorShut() {
        door().get("/actuator/health").expect(200);
        door().get("/actuator/health/readiness").expect(200);
        assertThat(door().get("/actuator/prometheus").expect(200).text()).contains("service=\"tiny-service\"");
        door().get("/actuator/env").expect(401);
        door().as("root", Role.values()).get("/actuator/env").expect(404);
    }

    @Test
    void setsNoCookie() {
        assertThat(door().as("nora", Role.NURSE).get("/api/jars").headers().allValues("Set-Cookie"))
                .isEmpty();
    }

    private static String guest(String audience, String scope) {
        return TestTokens.bearer("guest", audience, claims -> claims.claim("scope", scope));
    }

    @Test
    void theSideDoorOpensForItsOwnTokensAndTheirScopeAlone() {
        var answer = door().with("Authorization", guest("tiny-guests", "taste"))
                .get("/guests/tasting")
                .expect(200);
        assertThat(answer.text()).isEqualTo("guest");
        door().with("Authorization", guest("tiny-guests", "taste"))
                .get("/guests/recipe")
                .expect(403, "role");
        door().with("Authorization", guest("tiny-guests", "taste"))
                .get("/guests/elsewhere")
                .expect(404, "no-such-route");
        door().with("Authorization", guest("tiny", "taste"))
                .get("/guests/tasting")
                .expect(401, "invalid-token");
        door().with("Authorization", token(claims -> claims.claim("scope", "taste")))
                .get("/guests/tasting")
                .expect(401, "invalid-token");
        door().get("/guests/tasting").expect(401, "token-required");
    }

    @Test
    void aTokenOfTheSideDoorOpensNothingElse() {
        refused(guest("tiny-guests", "taste"));
        door().with("Authorization", guest("tiny", "taste")).get("/api/jars").expect(403, "role");
    }
}
