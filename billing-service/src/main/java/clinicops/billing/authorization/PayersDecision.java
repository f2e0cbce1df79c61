package clinicops.billing.authorization;

import clinicops.billing.authorization.PriorAuthorization.Grant;
import org.jspecify.annotations.Nullable;

/**
 * A decision as the payer itself sends it: it names what it decides instead of a version. The same decision sent again is the
 * same decision.
 *
 * @param authorizationId the request that it decides
 * @param payerCode the payer's own code; another payer's request is not there for it
 * @param patientId whose request it believes to decide
 * @param grant what it grants; null when it denies
 * @param denialReason CARC, known to the clinic; null when it grants
 */
public record PayersDecision(
        String authorizationId,
        String payerCode,
        String patientId,
        @Nullable Grant grant,
        @Nullable String denialReason) {
    public PayersDecision {
        if ((grant == null) == (denialReason == null)) {
            throw new IllegalArgumentException("a decision grants or denies");
        }
    }
}
