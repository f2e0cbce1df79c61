package clinicops.intake.patient;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a treatment plan prescribes.
 *
 * @param diagnosisCode ICD-10-CM
 * @param doseLowMgPerKg least dose, mg per kg of measured weight; zero for a fixed dose
 * @param doseHighMgPerKg greatest dose; zero for a fixed dose
 * @param fixedDoseMg mg whatever the weight; null for a dose by weight
 * @param sessions sessions of the course; zero for tablets at home alone, with zero gap and course
 * @param minGapDays least days between two sessions
 * @param maxGapDays most days between two sessions; null when only the course's length limits them
 * @param courseMinDays least days from the first session to the last
 * @param courseMaxDays most days from the first session to the last
 * @param monitoringProfile how the patient is watched, as plan-limits.json names it
 * @param therapist who goes along with the patient, in the clinic or outside; null when nobody is named
 * @param boosters when single sessions after the course may follow; null when none are planned
 */
public record PlanTerms(
        String diagnosisCode,
        String drug,
        Route route,
        BigDecimal doseLowMgPerKg,
        BigDecimal doseHighMgPerKg,
        @Nullable BigDecimal fixedDoseMg,
        int sessions,
        int minGapDays,
        @Nullable Integer maxGapDays,
        int courseMinDays,
        int courseMaxDays,
        @Nullable String monitoringProfile,
        @Nullable String therapist,
        @Nullable Boosters boosters) {

    public DoseRule doseRule() {
        return fixedDoseMg == null ? DoseRule.MG_PER_KG : DoseRule.FIXED_MG;
    }

    /** How the dose is found. */
    public enum DoseRule {
        MG_PER_KG,
        FIXED_MG;

        /** As it travels: kebab-case. */
        @JsonValue
        public String code() {
            return Codes.of(this);
        }
    }

    /** A booster is due so many days after the last session. */
    @Schema(name = "BoosterRule", description = "A booster is due so many days after the last session")
    public record Boosters(
            @Schema(description = "Not earlier") @NotNull @Min(1) @Max(365)
            Integer fromDays,

            @Schema(description = "Not later") @NotNull @Min(1) @Max(365)
            Integer toDays) {}
}
