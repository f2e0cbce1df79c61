package clinicops.intake.safety;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How the danger ended. */
enum AlertOutcome {
    /** A safety plan was made and signed with the patient after the alert was raised. */
    SAFETY_PLAN,
    /** Taken over by 911, a crisis team or an emergency department. */
    EMERGENCY_CARE,
    HOSPITAL_ADMISSION,
    /** Another clinician took the patient over. */
    OTHER_CARE,
    /** Looked into by a clinician, who found none. */
    NO_DANGER;

    /** As it travels: kebab-case. */
    @JsonValue
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
