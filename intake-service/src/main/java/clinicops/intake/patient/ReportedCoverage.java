package clinicops.intake.patient;

import org.jspecify.annotations.Nullable;

/**
 * What the patient says of their insurance. billing-service owns coverage and verifies it; the member id goes there sealed and
 * is not kept here.
 *
 * @param rank 1 is primary
 * @param payerCode the clinic's code of the payer; need not be known
 * @param plan the plan's name as the patient gave it
 */
public record ReportedCoverage(
        int rank, String payerCode, @Nullable String plan) {}
