package clinicops.intake.safety;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where the patient was when they gave the answers: it decides who is called first. */
public enum RaisedThrough {
    /** With a member of staff. */
    STAFF,
    /** In a session, with a nurse beside them. */
    SESSION,
    /** Alone, by a link: nobody of the clinic is near, so that the person on call is telephoned at once. */
    LINK;

    /** As it travels. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
