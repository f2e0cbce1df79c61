package clinicops.scheduling.monitor;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who read the values. */
enum VitalsSource {
    /** Somebody looked and typed: a slip of the finger is refused, for whoever typed can type again. */
    @JsonProperty("nurse")
    NURSE("nurse"),
    /** A monitor sent them: nobody is there to ask again, so what can't be right is kept with its doubt. */
    @JsonProperty("device")
    DEVICE("device");

    private final String code;

    VitalsSource(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }
}
