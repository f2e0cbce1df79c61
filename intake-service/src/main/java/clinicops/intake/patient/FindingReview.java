package clinicops.intake.patient;

import java.time.Instant;

/**
 * A prescriber weighed a finding that needs review, and says why treatment may go on.
 *
 * @param rule the finding's rule
 * @param reviewedBy username of the prescriber
 */
public record FindingReview(String rule, String reason, String reviewedBy, Instant reviewedAt) {}
