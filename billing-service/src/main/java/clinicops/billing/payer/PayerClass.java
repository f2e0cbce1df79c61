package clinicops.billing.payer;

import java.util.Arrays;

/** Whose rules an insurer follows. */
public enum PayerClass {
    COMMERCIAL("commercial"),
    MEDICARE("medicare"),
    MEDICARE_ADVANTAGE("medicare-advantage"),
    MEDICAID("medicaid"),
    VA_COMMUNITY_CARE("va-community-care"),
    WORKERS_COMPENSATION("workers-compensation");

    /** The codes, as a pattern for requests. */
    static final String CODES =
            "commercial|medicare|medicare-advantage|medicaid|va-community-care|workers-compensation";

    private final String code;

    PayerClass(String code) {
        this.code = code;
    }

    /** As it travels. */
    public String code() {
        return code;
    }

    static PayerClass of(String code) {
        return Arrays.stream(values())
                .filter(c -> c.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no payer class " + code));
    }
}
