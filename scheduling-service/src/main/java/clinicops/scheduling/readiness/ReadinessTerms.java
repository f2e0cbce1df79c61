package clinicops.scheduling.readiness;

import clinicops.scheduling.protocol.Approved;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;

/**
 * What a dose waits for besides fasting and vital signs.
 *
 * @param decongestantHours least hours since a nasal steroid or decongestant, by route; routes without a rule are left out
 * @param pregnancyTestDays a negative test counts for so long, where one applies
 */
public record ReadinessTerms(
        String id,
        String version,
        String source,
        String approver,
        LocalDate effectiveFrom,
        Map<String, BigDecimal> decongestantHours,
        int pregnancyTestDays)
        implements Approved {}
