package clinicops.intake.workup;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a query or test came to. A pregnancy test is positive or negative, any other is as expected or not. */
public enum WorkupFinding {
    EXPECTED,
    UNEXPECTED,
    POSITIVE,
    NEGATIVE;

    /** As it travels. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean fits(WorkupKind kind) {
        return (kind == WorkupKind.PREGNANCY_TEST) == (this == POSITIVE || this == NEGATIVE);
    }
}
