package clinicops.intake.safety;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What raised an alert; the gravest first. */
public enum AlertReason {
    /** The C-SSRS screener said high risk. */
    C_SSRS_HIGH,
    /** Item 9 of the PHQ-9 was not "not at all", and the C-SSRS that it opens was not answered. */
    PHQ_9_ITEM_9;

    /** A screener that said high risk is graver than a first answer that asks for it. */
    boolean isGraverThan(AlertReason other) {
        return ordinal() < other.ordinal();
    }

    /** As it travels: kebab-case. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
