package clinicops.intake.patient;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/** A language that the clinic writes in; BCP 47. */
public enum Language {
    /** English. */
    EN,
    /** Spanish. */
    ES;

    /** As it travels: kebab-case. */
    @JsonValue
    public String code() {
        return Codes.of(this);
    }

    /** The constant of that code; empty when there is none such. */
    public static Optional<Language> of(String code) {
        return Codes.find(values(), code);
    }
}
