package clinicops.intake.patientdoor;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a patient is to do by a link. */
enum LinkPurpose {
    /** The registration, section by section. */
    PAPERWORK,
    /** One instrument, and those that its answers open. */
    ASSESSMENT;

    /** In requests, events and the scope of the patient's token. */
    @JsonValue
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
