package clinicops.intake.instrument;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one scale of one instrument came to.
 *
 * @param value points: a sum, a mean of two decimals, or the rank of a grade (0 the least)
 * @param band the instrument's own name for that value; null when it has no bands
 * @param cuts names of the cuts that were reached, for example {@code positive}
 */
public record ScaleScore(
        @Schema(example = "phq-9") String instrument,
        @Schema(example = "1") String version,

        @Schema(description = "total, risk, severity, interference, mood")
        String scale,

        @Schema(description = "Points: a sum, a mean of two decimals, or the rank of a grade (0 the least)")
        BigDecimal value,

        @Schema(description = "Null when the instrument has no bands") @Nullable
        String band,

        @Schema(description = "Cuts that were reached, for example positive")
        List<String> cuts) {
    public ScaleScore {
        cuts = List.copyOf(cuts);
    }
}
