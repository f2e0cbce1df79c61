package clinicops.intake.patient;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a rule, or all rules together, say; in rising gravity. */
public enum Outcome {
    CLEARED,
    NEEDS_REVIEW,
    EXCLUDED;

    /** As it travels: kebab-case. */
    @JsonValue
    public String code() {
        return Codes.of(this);
    }
}
