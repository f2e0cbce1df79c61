package clinicops.scheduling.session;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One reading of vital signs. mmHg, percent, per minute; MOAA/S 0-5; CADSS-6 0-24.
 *
 * @param alarms in-session limits that the reading breaks
 * @param limits version of the limits
 */
public record VitalsAnswer(
        Instant takenAt,
        Instant recordedAt,
        String recorder,
        int systolic,
        int diastolic,
        int spo2,
        int heartRate,
        int respiratoryRate,
        int moaas,
        @Nullable Integer cadss6,
        List<String> alarms,
        String limits) {}
