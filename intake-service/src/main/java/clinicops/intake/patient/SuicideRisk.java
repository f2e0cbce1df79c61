package clinicops.intake.patient;

import com.fasterxml.jackson.annotation.JsonValue;

/** Band of the C-SSRS screener; in rising gravity. */
public enum SuicideRisk {
    /** No item positive, or PHQ-9 item 9 did not open the screener. */
    NONE,
    LOW,
    MODERATE,
    HIGH;

    /** As it travels: kebab-case. */
    @JsonValue
    public String code() {
        return Codes.of(this);
    }
}
