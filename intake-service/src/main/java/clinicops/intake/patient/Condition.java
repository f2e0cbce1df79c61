package clinicops.intake.patient;

import com.fasterxml.jackson.annotation.JsonValue;

/** A condition of the history that some rule judges. Others can't be recorded yet: what no rule judges must not look cleared. */
public enum Condition {
    PSYCHOSIS,
    SCHIZOPHRENIA_HISTORY,
    UNCONTROLLED_MANIA,
    ANEURYSMAL_VASCULAR_DISEASE,
    ARTERIOVENOUS_MALFORMATION,
    INTRACEREBRAL_HAEMORRHAGE,
    KETAMINE_ALLERGY,
    SUBSTANCE_USE_ACTIVE,
    SUBSTANCE_USE_HISTORY;

    /** As it travels: kebab-case. */
    @JsonValue
    public String code() {
        return Codes.of(this);
    }
}
