package clinicops.scheduling.monitor;

import clinicops.scheduling.session.AtBedside;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/** Where the patient is in the session, by a reading's own time. */
enum Phase {
    @JsonProperty("pre-dose")
    PRE_DOSE("pre-dose"),
    @JsonProperty("dosing")
    DOSING("dosing"),
    @JsonProperty("recovering")
    RECOVERING("recovering");

    private final String code;

    Phase(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }

    static Phase at(Instant takenAt, AtBedside session) {
        Instant began = session.doseStartedAt();
        Instant ended = session.doseEndedAt();
        if (began == null || takenAt.isBefore(began)) {
            return PRE_DOSE;
        }
        return ended == null || takenAt.isBefore(ended) ? DOSING : RECOVERING;
    }
}
