package clinicops.intake.instrument;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One instrument, put to one patient once. */
public record AssessmentView(
        String id,
        String patientId,
        String instrument,
        String instrumentVersion,
        Assessment.Mode mode,
        @Nullable String sessionId,

        @Schema(description = "required: nothing is answered; partial; completed: scored, and never changes again")
        Assessment.Status status,

        @Schema(description = "Code of the answer by item") Map<String, String> answers,

        @Schema(description = "Items that must still be answered, in their order")
        List<String> missing,

        @Schema(description = "One per scale; none before it is completed")
        List<ScaleScore> scores,

        @Schema(description = "What its answers asked for") List<Assessment.Opened> opened,

        @Schema(description = "The assessment whose answers asked for it") @Nullable
        String requiredBy,

        @Schema(description = "The alert that its answers raised") @Nullable
        String safetyAlertId,

        @Schema(description = "Numbers to show at once; none unless an answer shows danger")
        List<String> crisisLines,

        Instant startedAt,
        @Nullable Instant completedAt,

        @Schema(description = "Who gave or took the last answer: a username, or patient")
        String by,

        @Schema(description = "As in the ETag; send it in If-Match with the next answers")
        long version) {}
