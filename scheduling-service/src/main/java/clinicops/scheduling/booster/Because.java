package clinicops.scheduling.booster;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a booster is suggested. */
enum Because {
    /** The score has come back up. */
    DRIFT,
    /** The plan's window for it comes to its end. */
    CALENDAR;

    /** As it travels. */
    @JsonValue
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
