package clinicops.notification.template;

import java.util.Locale;

/** What a notice is about, as a patient would name it. The limit of one SMS a day counts per topic. */
public enum Topic {
    ACCOUNT,
    APPOINTMENT,
    REMINDER,
    CARE,
    MONEY;

    /** The word for it on the wire, for example {@code reminder}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
