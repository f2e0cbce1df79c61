package clinicops.intake.patient;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/** What treatment is asked for. */
public enum Indication {
    DEPRESSION,
    ANXIETY,
    PTSD,
    CHRONIC_PAIN;

    /** As it travels: kebab-case. */
    @JsonValue
    public String code() {
        return Codes.of(this);
    }

    /** The constant of that code; empty when there is none such. */
    public static Optional<Indication> of(String code) {
        return Codes.find(values(), code);
    }
}
