package clinicops.intake.patient;

import java.math.BigDecimal;

/**
 * What a treatment plan prescribes.
 *
 * @param diagnosisCode ICD-10-CM
 * @param doseLowMgPerKg least dose, mg per kg of measured weight
 * @param doseHighMgPerKg greatest dose
 * @param sessions sessions of the course
 * @param minGapDays least days between two sessions
 * @param courseMinDays least days from the first session to the last
 * @param courseMaxDays most days from the first session to the last
 */
public record PlanTerms(
        String diagnosisCode,
        String drug,
        Route route,
        BigDecimal doseLowMgPerKg,
        BigDecimal doseHighMgPerKg,
        int sessions,
        int minGapDays,
        int courseMinDays,
        int courseMaxDays) {}
