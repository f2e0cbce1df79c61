package clinicops.intake.patient;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/** Sex as the referrer gave it. */
public enum Sex {
    FEMALE,
    MALE,
    OTHER,
    UNKNOWN;

    /** As it travels: kebab-case. */
    @JsonValue
    public String code() {
        return Codes.of(this);
    }

    /** The constant of that code; empty when there is none such. */
    public static Optional<Sex> of(String code) {
        return Codes.find(values(), code);
    }
}
