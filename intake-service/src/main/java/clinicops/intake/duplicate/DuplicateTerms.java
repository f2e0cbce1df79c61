package clinicops.intake.duplicate;

import clinicops.intake.rulebook.Approved;
import java.time.LocalDate;

/**
 * When two patients are probably one.
 *
 * @param nameFloor names less similar than this (0 to 1) count as different
 * @param sameName from this similarity on a name counts as the same
 * @param probable from this score on a pair is shown to staff
 * @param mostPerPatient of all that is found, so many of the most similar are shown
 */
record DuplicateTerms(
        String id,
        String version,
        String source,
        String approver,
        LocalDate effectiveFrom,
        Weights weights,
        double nameFloor,
        double sameName,
        double probable,
        int mostPerPatient)
        implements Approved {
    /** What each agreement adds to the score; all together make 1. */
    record Weights(double name, double birthDate, double birthDateSlip, double phone, double email) {}
}
