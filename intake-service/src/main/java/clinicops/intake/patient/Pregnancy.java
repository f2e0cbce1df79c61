package clinicops.intake.patient;

import com.fasterxml.jackson.annotation.JsonValue;

/** Answer to "could you be pregnant?". */
public enum Pregnancy {
    NO,
    YES,
    UNKNOWN,
    /** Pregnancy is not possible. */
    NOT_APPLICABLE;

    /** As it travels: kebab-case. */
    @JsonValue
    public String code() {
        return Codes.of(this);
    }
}
