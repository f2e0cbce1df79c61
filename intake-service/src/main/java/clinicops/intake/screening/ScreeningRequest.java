package clinicops.intake.screening;

import clinicops.intake.patient.Condition;
import clinicops.intake.patient.History;
import clinicops.intake.patient.Pregnancy;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answers of one screening.
 *
 * @param phq9 in the order of the items
 * @param cssrs null when the screener was not asked
 */
record ScreeningRequest(
        @Schema(description = "PHQ-9, items 1 to 9, each 0 (not at all) to 3 (nearly every day), over the last 14 days")
        @NotNull
        @Size(min = 9, max = 9)
        List<@NotNull @Min(0) @Max(3) Integer> phq9,

        @Schema(description = "C-SSRS screener; needed when PHQ-9 item 9 is 1 or more") @Valid @Nullable
        Cssrs cssrs,

        @NotNull @Valid HistoryRequest history) {

    /** Items of the C-SSRS screener. After "no" to q2, q3 to q5 are left out. */
    @Schema(description = "Items of the C-SSRS screener. After `false` for q2, q3 to q5 are null (or false).")
    record Cssrs(
            @Schema(description = "Wish to be dead") @NotNull
            Boolean q1,

            @Schema(description = "Suicidal thoughts") @NotNull
            Boolean q2,

            @Schema(description = "Thoughts with method, without plan or intent") @Nullable
            Boolean q3,

            @Schema(description = "Intent without specific plan") @Nullable
            Boolean q4,

            @Schema(description = "Intent with specific plan") @Nullable
            Boolean q5,

            @Schema(description = "Suicidal behaviour") @NotNull
            Behaviour q6) {

        Map<String, String> answers() {
            var answers = new LinkedHashMap<String, String>();
            put(answers, "q1", q1);
            put(answers, "q2", q2);
            put(answers, "q3", q3);
            put(answers, "q4", q4);
            put(answers, "q5", q5);
            answers.put("q6", q6.code());
            return answers;
        }

        private static void put(Map<String, String> answers, String item, @Nullable Boolean answer) {
            if (answer != null) {
                answers.put(item, answer ? "yes" : "no");
            }
        }
    }

    /** When suicidal behaviour happened. */
    enum Behaviour {
        NO,
        LIFETIME,
        PAST_3_MONTHS;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * What the rules judge. The ranges of the numbers only catch slips of the keyboard; what they mean is the rules' business.
     */
    record HistoryRequest(
            @Schema(description = "Each condition that was ever found; empty when none was") @NotNull @Size(max = 50)
            List<@NotNull Condition> conditions,

            @Schema(description = "Each drug that is taken now, by name; one that the rules don't know needs review")
            @NotNull
            @Size(max = 50)
            List<@NotBlank @Size(max = 100) String> drugs,

            @Schema(description = "Adequate treatments of this episode that did not help") @NotNull @Min(0) @Max(50)
            Integer failedTreatments,

            @Schema(description = "mmHg, at rest") @NotNull @Min(50) @Max(300)
            Integer systolic,

            @Schema(description = "mmHg, at rest") @NotNull @Min(20) @Max(200)
            Integer diastolic,

            @Schema(description = "kg, measured")
            @NotNull
            @DecimalMin("20")
            @DecimalMax("400")
            @Digits(integer = 3, fraction = 2)
            BigDecimal weightKg,

            @NotNull Pregnancy pregnancy) {

        History history() {
            return new History(
                    List.copyOf(conditions),
                    List.copyOf(drugs),
                    failedTreatments,
                    systolic,
                    diastolic,
                    weightKg,
                    pregnancy);
        }
    }
}
