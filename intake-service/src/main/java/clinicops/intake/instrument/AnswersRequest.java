package clinicops.intake.instrument;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Map;

/** Answers to add or to change. */
public record AnswersRequest(
        @Schema(
                description =
                        "Code of the answer by item; empty text takes an answer back; items that are not named stay")
        @NotNull
        @Size(max = 50)
        Map<@NotBlank @Size(max = 20) String, @Size(max = 30) String> answers,

        @Schema(description = "True to score it, when every item that must be is answered") @NotNull
        Boolean complete) {}
