package clinicops.intake.workup;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * One result of the work-up. Written once and never changed: a wrong one is followed by a right one, and the latest counts.
 *
 * @param takenAt when it was measured, drawn or asked; may lie before the recording
 * @param finding null for what is measured in numbers
 * @param weightKg kilograms
 * @param systolic mmHg at rest
 * @param diastolic mmHg at rest
 * @param heartRate beats a minute at rest
 * @param spo2 percent
 * @param test what was tested, in the laboratory's words
 * @param recordedBy username
 */
@Document("workups")
public record WorkupResult(
        @Id String id,
        String patientId,
        WorkupKind kind,
        Instant takenAt,
        @Nullable WorkupFinding finding,
        @Nullable BigDecimal weightKg,
        @Nullable Integer systolic,
        @Nullable Integer diastolic,
        @Nullable Integer heartRate,
        @Nullable Integer spo2,
        @Nullable String test,
        @Nullable String note,
        String recordedBy,
        Instant recordedAt) {}
