package clinicops.billing.fhir;

import clinicops.billing.authorization.PayersDecision;
import clinicops.billing.claim.InsurersAnswer;

/** What an insurer's ClaimResponse means to the clinic. */
sealed interface SentResponse {
    /** To a claim: what is paid, what is taken off, what the patient owes. */
    record Remittance(InsurersAnswer answer) implements SentResponse {}

    /** To a request for prior authorization: granted or denied. */
    record Decision(PayersDecision decision) implements SentResponse {}
}
