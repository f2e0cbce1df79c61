package clinicops.chassis.testing;

import clinicops.chassis.Role;

/** Tokens as staff-web mints them, signed with a key of the tests' own. */
public final class TestTokens {
    public static final String ISSUER = "http://localhost:8080";

    private TestTokens() {}

    /** The value of an {@code Authorization} header, valid for five minutes. */
    public static String bearer(String user, String audience, Role... roles) {
        throw new UnsupportedOperationException();
    }

    /** Where a service under test fetches the public key. */
    public static String jwkSetUri() {
        throw new UnsupportedOperationException();
    }
}
