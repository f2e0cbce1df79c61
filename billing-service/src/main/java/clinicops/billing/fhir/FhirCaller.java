package clinicops.billing.fhir;

import java.util.Set;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * The insurer at the door, as its token names it.
 *
 * @param clientId of its registration; the audit's rows carry it
 * @param payerCode whose rows it sees: only those of this payer
 * @param validated whether what it sends goes through the whole instance validator; else it is parsed strictly, and the door's
 *     own rules are all
 * @param scopes as in the token, for example {@code system/Claim.rs}
 */
record FhirCaller(String clientId, String payerCode, boolean validated, Set<String> scopes) {
    FhirCaller {
        scopes = Set.copyOf(scopes);
    }

    /** The insurer of this thread's request. */
    static FhirCaller current() {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof FhirAuthentication insurer) {
            return insurer.getPrincipal();
        }
        throw new IllegalStateException("no insurer's request runs on this thread");
    }

    /**
     * Whether a scope of the token allows it.
     *
     * @param permission {@code c}, {@code r} or {@code s} for create, read, search
     */
    boolean may(char permission, String resourceType) {
        String prefix = "system/" + resourceType + ".";
        for (String scope : scopes) {
            if (scope.startsWith(prefix) && scope.indexOf(permission, prefix.length()) >= 0) {
                return true;
            }
        }
        return false;
    }
}
