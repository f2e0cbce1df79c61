package clinicops.intake.screening;

import clinicops.intake.patient.Finding;
import clinicops.intake.patient.Outcome;
import clinicops.intake.patient.Patient;
import clinicops.intake.patient.PatientStatus;
import clinicops.intake.patient.Score;
import clinicops.intake.patient.Screening;
import clinicops.intake.patient.SuicideRisk;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a screening came to. */
record ScreeningAnswer(
        PatientStatus status,
        List<Score> scores,
        SuicideRisk suicideRisk,

        @Schema(description = "One per rule, also where the rule found nothing (`cleared`)")
        List<Finding> findings,

        @Schema(description = "The gravest of all findings") Outcome outcome,

        @Schema(description = "Version of the rules that judged")
        String ruleSetVersion,

        @Schema(description = "The alert that was raised; null unless the risk is high") @Nullable
        String safetyAlertId,

        @Schema(description = "The patient's version after this, as in the ETag")
        long version) {

    static ScreeningAnswer of(Patient patient, Screening screening, @Nullable String safetyAlertId) {
        return new ScreeningAnswer(
                patient.status(),
                screening.scores(),
                screening.suicideRisk(),
                screening.findings(),
                screening.outcome(),
                screening.ruleSetVersion(),
                safetyAlertId,
                patient.version());
    }
}
