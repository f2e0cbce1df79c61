package clinicops.intake.patient;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/** How soon the referrer wants the patient seen. */
public enum Urgency {
    ROUTINE,
    URGENT;

    /** As it travels: kebab-case. */
    @JsonValue
    public String code() {
        return Codes.of(this);
    }

    /** The constant of that code; empty when there is none such. */
    public static Optional<Urgency> of(String code) {
        return Codes.find(values(), code);
    }
}
