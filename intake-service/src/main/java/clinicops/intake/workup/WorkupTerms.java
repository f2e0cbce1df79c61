package clinicops.intake.workup;

import clinicops.intake.rulebook.Approved;
import java.time.LocalDate;
import java.util.List;

/**
 * What the medical clearance takes.
 *
 * @param oldestDays days for which a result counts, per kind
 */
record WorkupTerms(
        String id, String version, String source, String approver, LocalDate effectiveFrom, List<Term> oldestDays)
        implements Approved {
    /**
     * @param days a result counts while it is not older
     * @param needed {@code always}, {@code when-found} (some finding of {@code rules} is held against the patient) or {@code
     *     never}
     * @param rules rules of the contraindications
     * @param why in words for the screen
     */
    record Term(WorkupKind kind, int days, Need needed, List<String> rules, String why) {}

    /** When a kind is needed before the medical clearance. */
    enum Need {
        ALWAYS,
        WHEN_FOUND,
        NEVER
    }
}
