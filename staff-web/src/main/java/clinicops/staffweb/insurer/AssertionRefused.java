package clinicops.staffweb.insurer;

import org.springframework.security.oauth2.jwt.BadJwtException;

/** An assertion that opens nothing. */
final class AssertionRefused extends BadJwtException {
    private final String rule;
    private final boolean proven;

    /**
     * @param rule for the audit, for example {@code assertion-expired}
     * @param message for whoever wrote the assertion
     * @param proven whether its signature is the client's; else anybody may have sent it
     */
    AssertionRefused(String rule, String message, boolean proven) {
        super(message);
        this.rule = rule;
        this.proven = proven;
    }

    String rule() {
        return rule;
    }

    boolean proven() {
        return proven;
    }
}
