package clinicops.scheduling.protocol;

import java.time.LocalDate;

/**
 * Clinical content: limits, times, terms. Lies as versioned JSON on the class path, says where it comes from and who in the
 * clinic answers for it. No number of it stands in code. Records keep {@link #reference()} of what they were judged by.
 */
public interface Approved {
    String id();

    String version();

    /** Label, rule or practice that it rests on; (P) published, (K) practice that the medical director has to confirm. */
    String source();

    /** Who answers for it. */
    String approver();

    /** First day in force. */
    LocalDate effectiveFrom();

    /** For example {@code vitals-limits@2026-12}. */
    default String reference() {
        return id() + "@" + version();
    }
}
