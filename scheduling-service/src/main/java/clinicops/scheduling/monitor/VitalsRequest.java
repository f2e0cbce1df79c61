package clinicops.scheduling.monitor;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One reading of vital signs.
 *
 * @param takenAt when it was measured; at check-in or later, at most 2 min ahead
 * @param systolic mmHg, above the diastolic pressure
 * @param cadss6 CADSS-6, 0-24; may be left out
 */
record VitalsRequest(
        Instant takenAt,
        @Min(40) @Max(300) int systolic,
        @Min(20) @Max(200) int diastolic,
        @Min(30) @Max(100) int spo2,
        @Min(15) @Max(300) int heartRate,
        @Min(0) @Max(80) int respiratoryRate,
        @Min(0) @Max(5) int moaas,
        @Min(0) @Max(24) @Nullable Integer cadss6) {}
