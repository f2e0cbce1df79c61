package clinicops.billing.fhir;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** An insurer whose token was checked. Has no authorities: what it may do are its scopes, looked up by {@link FhirAccess}. */
final class FhirAuthentication extends AbstractAuthenticationToken {
    private final transient FhirCaller caller;
    private final Instant expiresAt;

    FhirAuthentication(FhirCaller caller, Instant expiresAt) {
        super(List.of());
        this.caller = caller;
        this.expiresAt = expiresAt;
        setAuthenticated(true);
    }

    Instant expiresAt() {
        return expiresAt;
    }

    @Override
    public FhirCaller getPrincipal() {
        return caller;
    }

    @Override
    public String getName() {
        return caller.clientId();
    }

    @Override
    public String getCredentials() {
        return "";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FhirAuthentication same
                && same.caller.equals(caller)
                && same.expiresAt.equals(expiresAt);
    }

    @Override
    public int hashCode() {
        return caller.hashCode();
    }
}
