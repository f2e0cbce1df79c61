package clinicops.scheduling.waitlist;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What somebody waits for. */
enum Wanted {
    /** A booked session, sooner. */
    @JsonProperty("earlier")
    EARLIER,
    /** A whole course that begins with a freed place. */
    @JsonProperty("course")
    COURSE,
    /** The single session of a booster. */
    @JsonProperty("booster")
    BOOSTER
}
