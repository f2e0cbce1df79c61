package clinicops.intake.patient;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/** Which evaluation a clearance rests on. */
public enum ClearanceKind {
    MENTAL_HEALTH,
    MEDICAL;

    /** As it travels: kebab-case. */
    @JsonValue
    public String code() {
        return Codes.of(this);
    }

    /** The constant of that code; empty when there is none such. */
    public static Optional<ClearanceKind> of(String code) {
        return Codes.find(values(), code);
    }
}
