package clinicops.intake.evaluation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What the evaluating professional advises. */
enum Recommendation {
    TREAT,
    TREAT_WITH_CONDITIONS,
    DO_NOT_TREAT;

    /** As it travels: kebab-case. */
    @JsonValue
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
