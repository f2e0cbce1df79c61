package clinicops.intake.rulebook;

import java.time.LocalDate;

/**
 * Clinical content: questions, rules, limits, texts. Lies as versioned JSON on the class path, says where it comes from and who
 * in the clinic answers for it. No number of it stands in code. Records keep the version that they were judged by.
 */
public interface Approved {
    String id();

    String version();

    /** Label, study, payer or practice that it rests on. */
    String source();

    /** Who approved it for this clinic. */
    String approver();

    /** First day of its use. */
    LocalDate effectiveFrom();
}
