package clinicops.intake.worklist;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a patient lacks on the way to a treatment plan; in the order in which it is usually done. */
public enum Missing {
    PAPERWORK,
    PHQ_9,
    C_SSRS,
    WORKUP,
    MENTAL_HEALTH_EVALUATION,
    MEDICAL_EVALUATION,
    /** A finding waits for a prescriber's reason. */
    FINDING_REVIEW,
    MENTAL_HEALTH_CLEARANCE,
    MEDICAL_CLEARANCE,
    CONSENT,
    PLAN;

    /** As it travels: kebab-case. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The constant of that code; empty when there is none such. */
    public static Optional<Missing> of(String code) {
        return Arrays.stream(values()).filter(m -> m.code().equals(code)).findFirst();
    }
}
