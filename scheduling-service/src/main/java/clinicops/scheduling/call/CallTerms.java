package clinicops.scheduling.call;

import clinicops.scheduling.protocol.Approved;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;

/**
 * The content of calls.json.
 *
 * @param daysUntilDue by reason: on which day after it the patient is called
 * @param dueAt until when on that day, by the clinic's clocks
 * @param concernMinutes how soon a prescriber calls a patient who is not well
 * @param attemptsLeast how often somebody tries before a patient counts as unreachable
 */
record CallTerms(
        String id,
        String version,
        String source,
        String approver,
        LocalDate effectiveFrom,
        Map<String, Integer> daysUntilDue,
        LocalTime dueAt,
        int concernMinutes,
        int attemptsLeast)
        implements Approved {

    /** @throws IllegalStateException for a reason that the file does not name */
    int daysUntilDue(PatientCall.CallReason reason) {
        Integer days = daysUntilDue.get(reason.code());
        if (days == null) {
            throw new IllegalStateException("calls.json names no days for " + reason.code());
        }
        return days;
    }
}
