package clinicops.billing.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.Role;
import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.ServiceDoor.Answer;
import clinicops.chassis.testing.ServiceTest;
import clinicops.chassis.testing.TestTokens;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Who gets in at the insurers' door, and how everybody else is told no. */
@ServiceTest(database = "billing")
class FhirDoorTest {
    @Autowired
    private ApplicationContext context;

    static Stream<String> wrongTokens() {
        return Stream.of(
                "Bearer garbage",
                "Bearer a.b.c",
                "Bearer ",
                TestTokens.unsigned("client", "fhir"),
                TestTokens.forged("client", "fhir"),
                Insurer.bearer(
                        "AETNA", c -> c.expirationTime(Date.from(Instant.now().minusSeconds(60)))),
                Insurer.bearer("AETNA", c -> c.expirationTime(null)),
                Insurer.bearer(
                        "AETNA", c -> c.notBeforeTime(Date.from(Instant.now().plusSeconds(120)))),
                Insurer.bearer("AETNA", c -> c.audience("billing")),
                Insurer.bearer("AETNA", c -> c.audience(List.of())),
                Insurer.bearer("AETNA", c -> c.issuer("https://elsewhere.example")),
                Insurer.bearer("AETNA", c -> c.issuer(null)),
                Insurer.bearer("AETNA", c -> c.claim("payer_id", null)),
                Insurer.bearer("AETNA", c -> c.claim("payer_id", " ")),
                Insurer.bearer("AETNA", c -> c.claim("payer_id", List.of("AETNA"))),
                Insurer.bearer("AETNA", c -> c.claim("scope", null)),
                Insurer.bearer("AETNA", c -> c.claim("scope", "")),
                Insurer.bearer("AETNA", c -> c.subject(null)),
                TestTokens.bearer("bea", "billing", Role.BILLER));
    }

    @ParameterizedTest
    @MethodSource("wrongTokens")
    void refusesAWrongTokenWithAnOutcomeAndAChallenge(String token) {
        Answer answer = ServiceDoor.of(context).with("Authorization", token).get("/fhir/Claim");

        expectOutcome(answer, 401);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(c -> assertThat(c).startsWith("Bearer"));
    }

    private static void expectOutcome(Answer answer, int status) {
        answer.expect(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/fhir+json"));
        assertThat(answer.body().path("resourceType").asString()).isEqualTo("OperationOutcome");
        assertThat(Insurer.rules(answer.body())).isNotEmpty().doesNotContain("");
    }

    @Test
    void asksForATokenWhereNoneIsSent() {
        Answer answer = ServiceDoor.of(context).get("/fhir/Claim/1");
        expectOutcome(answer, 401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    }

    @Test
    void anInsurersTokenOpensNothingElse() {
        Insurer.of(context, "AETNA").get("/api/claims").expect(401);
        Insurer.of(context, "AETNA").get("/v3/api-docs").expect(401);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /fhir/Claim, system/Claim.r",
        "GET, /fhir/Claim/x, system/Claim.s",
        "POST, /fhir/Claim/_search, system/Claim.r",
        "GET, /fhir/Patient/x, system/Claim.rs",
        "GET, /fhir/Patient, system/Patient.r",
        "GET, /fhir/Coverage/x, system/Patient.rs",
        "GET, /fhir/Coverage, system/Coverage.r",
        "GET, /fhir/ClaimResponse/x, system/ClaimResponse.cs",
        "GET, /fhir/ClaimResponse, system/Claim.rs",
        "POST, /fhir/ClaimResponse, system/ClaimResponse.rs",
        "POST, /fhir/ClaimResponse, patient/ClaimResponse.crs",
    })
    void refusesAnOperationThatTheScopesLack(String method, String path, String scope) {
        Answer answer =
                Insurer.of(context, "AETNA", c -> c.claim("scope", scope)).send(method, path, null);

        expectOutcome(answer, 403);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(c -> assertThat(c).contains("insufficient_scope"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /fhir, 404",
        "GET, /fhir/, 404",
        "GET, /fhir/Observation, 404",
        "GET, /fhir/Observation/1, 404",
        "GET, /fhir/Claim/1/_history/1, 404",
        "GET, /fhir/Claim/1/_history, 404",
        "GET, /fhir/Claim/$inquire, 404",
        "POST, /fhir, 404",
        "POST, /fhir/Claim, 405",
        "PUT, /fhir/Claim/1, 405",
        "DELETE, /fhir/Claim/1, 405",
        "PATCH, /fhir/ClaimResponse/1, 405",
        "DELETE, /fhir/ClaimResponse, 405",
        "OPTIONS, /fhir/Claim, 405",
        "POST, /fhir/metadata, 405",
        "GET, /fhir/Claim/%2e%2e%2fPatient, 400",
        "GET, /fhir//Claim, 400",
        "GET, /fhir/Claim;jsessionid=1, 400",
        "GET, /fhir/Claim/a%2Fb, 400",
    })
    void answersWhatIsNotThereWithAnOutcome(String method, String path, int status) {
        Answer answer = Insurer.of(context, "AETNA").send(method, path, null);

        expectOutcome(answer, status);
        if (status == 405) {
            assertThat(answer.headers().firstValue("Allow")).isPresent();
        }
    }

    @Test
    void readsAndWritesJsonOnly() {
        var insurer = Insurer.of(context, "AETNA");

        expectOutcome(insurer.with("Accept", "text/csv").get("/fhir/Claim"), 406);
        expectOutcome(insurer.with("Accept", "application/fhir+xml").get("/fhir/Claim"), 406);
        expectOutcome(insurer.get("/fhir/Claim?_format=xml"), 406);
        expectOutcome(insurer.postText("/fhir/ClaimResponse", "application/fhir+xml", "<ClaimResponse/>"), 415);
        expectOutcome(insurer.postText("/fhir/ClaimResponse", "text/plain", "{}"), 415);
        expectOutcome(insurer.postText("/fhir/ClaimResponse", "application/fhir+json; charset=latin1", "{}"), 415);
        expectOutcome(insurer.with("Content-Encoding", "gzip").post("/fhir/ClaimResponse", Map.of()), 415);
        expectOutcome(insurer.postText("/fhir/Claim/_search", "application/fhir+json", "{}"), 415);
        expectOutcome(insurer.postText("/fhir/ClaimResponse", "application/fhir+json", "x".repeat(1_100_000)), 413);
    }
}
