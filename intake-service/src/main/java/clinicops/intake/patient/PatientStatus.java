package clinicops.intake.patient;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/** Where a patient stands in intake. */
public enum PatientStatus {
    /** Asked for treatment; nothing was asked yet. */
    REFERRED,
    /** No rule stands in the way; waits for the two clearances. */
    SCREENED,
    /** A finding waits for a prescriber's reasoned review, then for the two clearances. */
    NEEDS_REVIEW,
    /** May be in danger; nothing else goes on until people have looked after that. */
    AWAITING_SAFETY_REVIEW,
    /** A rule excludes treatment on the present answers. */
    EXCLUDED,
    /** A clinician refused treatment. */
    DECLINED,
    /** Both clearances are valid. */
    CLEARED,
    /** Turned out to be another patient, who goes on in their place. */
    MERGED;

    /** As it travels: kebab-case. */
    @JsonValue
    public String code() {
        return Codes.of(this);
    }

    /** The constant of that code; empty when there is none such. */
    public static Optional<PatientStatus> of(String code) {
        return Codes.find(values(), code);
    }
}
