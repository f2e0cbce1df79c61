package clinicops.scheduling.session;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One reading of vital signs, with the values that were taken. mmHg, percent, per minute; MOAA/S 0-5; CADSS-6 0-24.
 *
 * @param readingId unique within the session
 * @param takenAt when it was measured
 * @param toldAt when it was measured by the device's own clock; null unless that clock was off and {@code takenAt} is corrected
 * @param source `nurse` or `device`
 * @param doubts why it counts for nothing: `in-the-future`, `before-check-in`, `after-the-end`, `implausible`,
 *     `blood-pressure`; empty for a reading that counts
 * @param alarms in-session limits that the reading breaks
 * @param limits version of the limits
 */
public record VitalsAnswer(
        String readingId,
        Instant takenAt,
        @Nullable Instant toldAt,
        Instant recordedAt,
        String recorder,
        String source,
        @Nullable Integer systolic,
        @Nullable Integer diastolic,
        @Nullable Integer spo2,
        @Nullable Integer heartRate,
        @Nullable Integer respiratoryRate,
        @Nullable Integer moaas,
        @Nullable Integer cadss6,
        List<String> doubts,
        List<String> alarms,
        String limits) {}
