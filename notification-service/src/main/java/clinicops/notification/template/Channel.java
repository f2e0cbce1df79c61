package clinicops.notification.template;

import java.util.Locale;

/** How a notice reaches somebody. */
public enum Channel {
    EMAIL,
    SMS;

    /** The word for it on the wire: {@code email}, {@code sms}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
