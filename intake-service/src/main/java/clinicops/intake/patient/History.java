package clinicops.intake.patient;

import java.math.BigDecimal;
import java.util.List;

/**
 * What the rules judge besides the instruments.
 *
 * @param drugs names as given, everything that the patient takes now
 * @param failedTreatments adequate treatments of this episode that did not help
 * @param systolic mmHg, at rest
 * @param diastolic mmHg, at rest
 * @param weightKg kilograms, measured
 */
public record History(
        List<Condition> conditions,
        List<String> drugs,
        int failedTreatments,
        int systolic,
        int diastolic,
        BigDecimal weightKg,
        Pregnancy pregnancy) {}
