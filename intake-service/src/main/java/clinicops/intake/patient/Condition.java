package clinicops.intake.patient;

import com.fasterxml.jackson.annotation.JsonValue;

/** A condition of the history that some rule judges. What no rule knows is recorded in free words, and needs review. */
public enum Condition {
    PSYCHOSIS,
    SCHIZOPHRENIA_HISTORY,
    UNCONTROLLED_MANIA,
    ANEURYSMAL_VASCULAR_DISEASE,
    ARTERIOVENOUS_MALFORMATION,
    INTRACEREBRAL_HAEMORRHAGE,
    KETAMINE_ALLERGY,
    SUBSTANCE_USE_ACTIVE,
    SUBSTANCE_USE_HISTORY,
    UNSTABLE_ANGINA,
    /** Within six weeks. */
    RECENT_STROKE,
    /** Within six weeks. */
    RECENT_HEART_ATTACK,
    HEART_FAILURE,
    /** Any other disease of the heart, now or before. */
    CARDIAC_HISTORY,
    RAISED_INTRACRANIAL_PRESSURE,
    RAISED_EYE_PRESSURE,
    SEVERE_LIVER_DISEASE,
    INTERSTITIAL_CYSTITIS,
    UNCONTROLLED_THYROID_DISEASE,
    BREAST_FEEDING,
    NO_RELIABLE_CONTRACEPTION,
    BIPOLAR_DISORDER,
    DELIRIUM,
    DEMENTIA,
    SEIZURES,
    SLEEP_APNOEA,
    COPD,
    DIFFICULT_AIRWAY,
    /** To ketamine, esketamine or an anaesthetic. */
    BAD_REACTION_BEFORE;

    /** As it travels: kebab-case. */
    @JsonValue
    public String code() {
        return Codes.of(this);
    }
}
