package clinicops.scheduling.rems;

import clinicops.scheduling.protocol.Approved;
import java.time.LocalDate;

/**
 * The content of rems.json.
 *
 * @param drug given under the programme alone
 * @param formDueDays how long after a session its monitoring form may wait
 * @param secondReadingMinutes when after the dose's begin the second blood pressure of the form is due
 * @param moaasAwake MOAA/S of a patient who is not sedated
 */
record RemsTerms(
        String id,
        String version,
        String source,
        String approver,
        LocalDate effectiveFrom,
        String drug,
        String route,
        int formDueDays,
        int secondReadingMinutes,
        int moaasAwake)
        implements Approved {}
