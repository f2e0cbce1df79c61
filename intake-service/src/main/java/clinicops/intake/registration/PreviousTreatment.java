package clinicops.intake.registration;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A treatment that was tried before.
 *
 * @param dose in the patient's words
 * @param weeks how long it was taken; null when nobody knows
 * @param thisEpisode in the present episode of the illness
 */
public record PreviousTreatment(
        @Schema(description = "Drug or other treatment, as given") @NotBlank @Size(max = 100)
        String drug,

        @Schema(description = "In the patient's words") @Nullable @Size(max = 100)
        String dose,

        @Nullable @Min(0) @Max(2000) Integer weeks,
        @NotNull TreatmentOutcome outcome,
        @Nullable @Size(max = 500) String reasonStopped,

        @Schema(description = "Tried in the present episode")
        boolean thisEpisode) {
    /** What came of a treatment. */
    public enum TreatmentOutcome {
        NO_RESPONSE,
        PARTIAL_RESPONSE,
        REMISSION,
        /** Stopped for its side effects. */
        NOT_TOLERATED,
        UNKNOWN;

        /** As it travels: kebab-case. */
        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
