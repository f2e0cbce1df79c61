package clinicops.intake.patient;

import com.fasterxml.jackson.annotation.JsonValue;

/** Which evaluation a clearance rests on. */
public enum ClearanceKind {
    MENTAL_HEALTH,
    MEDICAL;

    /** As it travels: kebab-case. */
    @JsonValue
    public String code() {
        return Codes.of(this);
    }
}
