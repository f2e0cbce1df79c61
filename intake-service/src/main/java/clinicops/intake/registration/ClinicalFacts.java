package clinicops.intake.registration;

import clinicops.intake.patient.Condition;
import clinicops.intake.patient.Pregnancy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the registration says that the rules judge. A section that nobody filled contributes nothing: {@code filled} tells the
 * difference between "takes no drugs" and "was never asked".
 *
 * @param conditions those that some rule knows
 * @param otherConditions in the patient's words; no rule knows them, so none may take them for harmless
 * @param allergies substances as given
 * @param pregnancy null when it was not asked
 * @param filled the sections of history, drugs, allergies and previous treatments that somebody filled
 */
public record ClinicalFacts(
        List<Condition> conditions,
        List<String> otherConditions,
        List<TakenDrug> drugs,
        List<String> allergies,
        List<PreviousTreatment> previousTreatments,
        @Nullable Pregnancy pregnancy,
        List<SectionName> filled) {}
