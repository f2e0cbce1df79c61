package clinicops.billing.claim;

/**
 * An answer as the insurer itself sends it: it names what it answers instead of a version. The same answer sent again is the
 * same answer, so an insurer may repeat what it got no reply to.
 *
 * @param claimId the claim that it answers
 * @param payerCode the insurer's own code; another payer's claim is not there for it
 * @param patientId whose claim it believes to answer
 * @param lines highest line of the claim that it speaks of, from 1; 0 when it speaks of the whole
 */
public record InsurersAnswer(String claimId, String payerCode, String patientId, int lines, ClaimAnswer answer) {}
