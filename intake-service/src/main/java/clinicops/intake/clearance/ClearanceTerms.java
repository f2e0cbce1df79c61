package clinicops.intake.clearance;

import clinicops.intake.rulebook.Approved;
import java.time.LocalDate;

/**
 * @param validDays days for which a clearance holds, counting the day of its giving
 * @param evaluationDays days for which a signed evaluation may be rested on
 */
record ClearanceTerms(
        String id,
        String version,
        String source,
        String approver,
        LocalDate effectiveFrom,
        int validDays,
        int evaluationDays)
        implements Approved {}
