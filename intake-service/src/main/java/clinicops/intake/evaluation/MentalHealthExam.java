package clinicops.intake.evaluation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a mental-health evaluation finds. A draft may leave anything open; a signature takes all but what says "optional". */
@Schema(description = "What a mental-health evaluation finds; a draft may leave anything open")
record MentalHealthExam(
        @Schema(description = "ICD-10-CM, the leading one first", example = "[\"F33.2\"]") @Nullable @Size(max = 20)
        List<@NotNull @Pattern(regexp = ICD_10_CM) String> diagnosisCodes,

        @Schema(description = "Present illness and psychiatric history") @Nullable @Size(max = 10_000)
        String history,

        @Nullable @Valid MentalStatus mentalStatus,

        @Schema(description = "Suicide, violence, misuse; protective factors") @Nullable @Size(max = 5_000)
        String risk,

        @Schema(description = "What was tried, how long, with what result") @Nullable @Size(max = 5_000)
        String treatmentResistance,

        @Nullable Recommendation recommendation,

        @Schema(description = "Optional") @Nullable @Size(max = 5_000)
        String note) {
    static final String ICD_10_CM = "[A-Z][0-9][0-9A-Z](\\.[0-9A-Z]{1,4})?";

    /** The mental status examination. */
    record MentalStatus(
            @Nullable @Size(max = 1_000) String appearanceAndBehaviour,
            @Nullable @Size(max = 1_000) String speech,
            @Nullable @Size(max = 1_000) String moodAndAffect,
            @Nullable @Size(max = 1_000) String thought,
            @Nullable @Size(max = 1_000) String perception,
            @Nullable @Size(max = 1_000) String cognition,
            @Nullable @Size(max = 1_000) String insightAndJudgement) {}

    /** Fields that a signature still lacks. */
    @JsonIgnore
    List<String> open() {
        var open = new ArrayList<String>();
        if (diagnosisCodes == null || diagnosisCodes.isEmpty()) {
            open.add("diagnosisCodes");
        }
        Open.text(open, "history", history);
        if (mentalStatus == null) {
            open.add("mentalStatus");
        } else {
            Open.text(open, "mentalStatus.appearanceAndBehaviour", mentalStatus.appearanceAndBehaviour);
            Open.text(open, "mentalStatus.speech", mentalStatus.speech);
            Open.text(open, "mentalStatus.moodAndAffect", mentalStatus.moodAndAffect);
            Open.text(open, "mentalStatus.thought", mentalStatus.thought);
            Open.text(open, "mentalStatus.perception", mentalStatus.perception);
            Open.text(open, "mentalStatus.cognition", mentalStatus.cognition);
            Open.text(open, "mentalStatus.insightAndJudgement", mentalStatus.insightAndJudgement);
        }
        Open.text(open, "risk", risk);
        Open.text(open, "treatmentResistance", treatmentResistance);
        Open.value(open, "recommendation", recommendation);
        return open;
    }
}
