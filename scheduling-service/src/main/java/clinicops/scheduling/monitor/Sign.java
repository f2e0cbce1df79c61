package clinicops.scheduling.monitor;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    /** What there is of a set; a sign that was not taken is not in it. */
    static Map<Sign, Integer> present(
            @Nullable Integer systolic,
            @Nullable Integer diastolic,
            @Nullable Integer spo2,
            @Nullable Integer heartRate,
            @Nullable Integer respiratoryRate,
            @Nullable Integer moaas,
            @Nullable Integer cadss6) {
        Map<Sign, Integer> present = new EnumMap<>(Sign.class);
        SYSTOLIC.put(present, systolic);
        DIASTOLIC.put(present, diastolic);
        SPO2.put(present, spo2);
        HEART_RATE.put(present, heartRate);
        RESPIRATORY_RATE.put(present, respiratoryRate);
        MOAAS.put(present, moaas);
        CADSS6.put(present, cadss6);
        return present;
    }

    private void put(Map<Sign, Integer> values, @Nullable Integer value) {
        if (value != null) {
            values.put(this, value);
        }
    }
}
