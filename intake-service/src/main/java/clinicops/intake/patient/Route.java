package clinicops.intake.patient;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/** How a drug is given. */
public enum Route {
    /** Infusion into a vein. */
    IV,
    /** Injection into a muscle. */
    IM,
    /** Spray. */
    NASAL,
    /** Tablet. */
    ORAL;

    /** As it travels: kebab-case. */
    @JsonValue
    public String code() {
        return Codes.of(this);
    }

    /** The constant of that code; empty when there is none such. */
    public static Optional<Route> of(String code) {
        return Codes.find(values(), code);
    }
}
