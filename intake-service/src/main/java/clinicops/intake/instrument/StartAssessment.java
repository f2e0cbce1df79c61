package clinicops.intake.instrument;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An instrument to be put to a patient, with as many answers as there are. */
public record StartAssessment(
        @Schema(example = "phq-9") @NotBlank @Size(max = 50) String instrument,

        @Schema(description = "staff, link or session") @NotNull
        Assessment.Mode mode,

        @Schema(description = "The session during which it is asked; needed with mode session")
        @Nullable
        @Size(max = 100)
        String sessionId,

        @Schema(description = "Code of the answer by item; none to ask first") @NotNull @Size(max = 50)
        Map<@NotBlank @Size(max = 20) String, @NotBlank @Size(max = 30) String> answers,

        @Schema(description = "True to score it, when every item that must be is answered") @NotNull
        Boolean complete) {

    /** One that is asked for, with no answer yet. */
    public static StartAssessment asked(String instrument, Assessment.Mode mode) {
        return new StartAssessment(instrument, mode, null, Map.of(), false);
    }
}
