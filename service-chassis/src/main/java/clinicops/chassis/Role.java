package clinicops.chassis;

import java.util.Arrays;
import java.util.Optional;

/** What a member of staff may be. A person can have several; the wire name is what tokens and accounts carry. */
public enum Role {
    FRONT_DESK("front-desk"),
    NURSE("nurse"),
    PRESCRIBER("prescriber"),
    THERAPIST("therapist"),
    BILLER("biller"),
    ADMIN("admin"),
    AUDITOR("auditor");

    private final String wireName;

    Role(String wireName) {
        this.wireName = wireName;
    }

    /** The name in tokens, accounts and audit rows, for example {@code front-desk}. */
    public String wireName() {
        return wireName;
    }

    /** The authority that Spring Security checks, for example {@code ROLE_front-desk}. */
    public String authority() {
        return "ROLE_" + wireName;
    }

    /** The role of that wire name; empty when there is none such. */
    public static Optional<Role> of(String wireName) {
        return Arrays.stream(values())
                .filter(role -> role.wireName.equals(wireName))
                .findFirst();
    }
}
