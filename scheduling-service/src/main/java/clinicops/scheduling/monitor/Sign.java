package clinicops.scheduling.monitor;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A vital sign that is measured or observed. */
enum Sign {
    /** mmHg. */
    @JsonProperty("systolic")
    SYSTOLIC("systolic"),
    /** mmHg. */
    @JsonProperty("diastolic")
    DIASTOLIC("diastolic"),
    /** Percent. */
    @JsonProperty("spo2")
    SPO2("spo2"),
    /** Per minute. */
    @JsonProperty("heartRate")
    HEART_RATE("heartRate"),
    /** Per minute. */
    @JsonProperty("respiratoryRate")
    RESPIRATORY_RATE("respiratoryRate"),
    /** MOAA/S, 0-5, 5 fully awake. */
    @JsonProperty("moaas")
    MOAAS("moaas"),
    /** CADSS-6, 0-24. */
    @JsonProperty("cadss6")
    CADSS6("cadss6");

    private final String field;

    Sign(String field) {
        this.field = field;
    }

    /** Name in requests and answers. */
    String field() {
        return field;
    }
}
