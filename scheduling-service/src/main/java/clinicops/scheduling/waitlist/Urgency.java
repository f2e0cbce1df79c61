package clinicops.scheduling.waitlist;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How much a patient is in need, the most urgent first. */
enum Urgency {
    @JsonProperty("emergency")
    EMERGENCY,
    @JsonProperty("urgent")
    URGENT,
    @JsonProperty("routine")
    ROUTINE;

    /** A code of another service; one that is not known here is routine. */
    static Urgency of(String code) {
        for (Urgency urgency : values()) {
            if (urgency.name().equalsIgnoreCase(code)) {
                return urgency;
            }
        }
        return ROUTINE;
    }
}
