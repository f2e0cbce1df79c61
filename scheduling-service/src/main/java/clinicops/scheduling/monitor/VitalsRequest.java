package clinicops.scheduling.monitor;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One reading of vital signs: any of the values, a blood pressure by both.
 *
 * @param readingId UUID that the tablet or device gave it: sent again under the same, it is the same reading
 * @param takenAt when it was measured, by the clock of who measured
 * @param deviceAt that clock at the moment of sending; a clock that is off is corrected by it
 * @param source nurse when left out
 * @param systolic mmHg, above the diastolic pressure
 * @param spo2 percent
 * @param heartRate per minute
 * @param respiratoryRate per minute
 * @param moaas MOAA/S, 0-5
 * @param cadss6 CADSS-6, 0-24
 */
record VitalsRequest(
        @Pattern(regexp = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}") @Nullable
        String readingId,

        Instant takenAt,
        @Nullable Instant deviceAt,
        @Nullable VitalsSource source,
        @Min(0) @Max(999) @Nullable Integer systolic,
        @Min(0) @Max(999) @Nullable Integer diastolic,
        @Min(0) @Max(100) @Nullable Integer spo2,
        @Min(0) @Max(999) @Nullable Integer heartRate,
        @Min(0) @Max(999) @Nullable Integer respiratoryRate,
        @Min(0) @Max(5) @Nullable Integer moaas,
        @Min(0) @Max(24) @Nullable Integer cadss6) {

    Map<Sign, Integer> values() {
        return Sign.present(systolic, diastolic, spo2, heartRate, respiratoryRate, moaas, cadss6);
    }
}
