package clinicops.billing.fhir;

import clinicops.chassis.testing.ServiceDoor;
import clinicops.chassis.testing.TestTokens;
import com.nimbusds.jwt.JWTClaimsSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** An insurer's program at the FHIR door, with tokens as staff-web would give it. */
public final class Insurer {
    public static final String ALL_SCOPES =
            "system/Claim.rs system/ClaimResponse.crs system/Patient.rs system/Coverage.rs";

    private Insurer() {}

    /** The door as that payer's client, with every scope and strict parsing. */
    public static ServiceDoor of(ApplicationContext context, String payerCode) {
        return of(context, payerCode, claims -> {});
    }

    /** The same, with claims of the token changed. */
    public static ServiceDoor of(ApplicationContext context, String payerCode, Consumer<JWTClaimsSet.Builder> changes) {
        return ServiceDoor.of(context).with("Authorization", bearer(payerCode, changes));
    }

    static String bearer(String payerCode, Consumer<JWTClaimsSet.Builder> changes) {
        return TestTokens.bearer("client-of-" + payerCode, "fhir", claims -> {
            claims.claim("payer_id", payerCode)
                    .claim("scope", ALL_SCOPES)
                    .claim("fhir_validation", "strict")
                    .claim("roles", null);
            changes.accept(claims);
        });
    }

    /** The rules' names in an OperationOutcome. */
    public static List<String> rules(JsonNode outcome) {
        return StreamSupport.stream(outcome.path("issue").spliterator(), false)
                .map(issue -> issue.path("details")
                        .path("coding")
                        .path(0)
                        .path("code")
                        .asString(""))
                .toList();
    }

    /** The first issue's expression. */
    public static String expression(JsonNode outcome) {
        return outcome.path("issue").path(0).path("expression").path(0).asString("");
    }
}
