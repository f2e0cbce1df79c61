package clinicops.intake.patient;

import java.time.Instant;

/**
 * A prescriber's plan. A change is a new revision of the same plan; another drug or route is another plan.
 *
 * @param revision 1 at first
 * @param limitsVersion version of the plan limits that it was checked against
 * @param approvedBy username of the prescriber
 */
public record TreatmentPlan(
        String id, int revision, PlanTerms terms, String limitsVersion, String approvedBy, Instant approvedAt) {}
