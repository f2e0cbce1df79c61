package clinicops.intake.patient;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one rule said of the facts.
 *
 * @param rule the rule's id
 * @param reason in words that a patient could read
 * @param reasonEs the same in Spanish
 * @param about what it speaks of: names of drugs, values
 * @param source where the rule comes from
 * @param mark P for published, K for practice that the medical director has to confirm
 * @param clearableBy who may go on in spite of it, with a reason; null when nobody may, or there is nothing to clear
 * @param concerns clearances that lapse when this is found anew
 */
public record Finding(
        @Schema(description = "The rule's id") String rule,
        Outcome outcome,

        @Schema(description = "In words that a patient could read")
        String reason,

        @Schema(description = "The same in Spanish") String reasonEs,

        @Schema(description = "Names of drugs, or values, that it speaks of")
        List<String> about,

        @Schema(description = "Label, study or practice that the rule rests on")
        String source,

        @Schema(description = "P: published; K: practice that the medical director has to confirm")
        String mark,

        @Schema(
                description =
                        "`prescriber` when one may go on in spite of it, with a reason; null when nobody may, or nothing was found")
        @Nullable
        String clearableBy,

        @Schema(description = "Clearances that lapse when this is found anew")
        List<ClearanceKind> concerns) {
    public static final String PRESCRIBER = "prescriber";

    /** True when whoever weighed {@code before} has weighed this too. */
    boolean isCoveredBy(Finding before) {
        return before.rule.equals(rule) && before.outcome.compareTo(outcome) >= 0 && before.about.containsAll(about);
    }
}
