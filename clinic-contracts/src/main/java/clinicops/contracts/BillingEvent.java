package clinicops.contracts;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What billing-service tells. Topic {@link Topics#BILLING}. */
public sealed interface BillingEvent extends Event {

    /** The patient's coverage is on file. {@code payerClass}: commercial, medicare, medicaid ... */
    record CoverageRecorded(
            String coverageId, String patientId, int rank, String payerCode, String payerClass, Instant recordedAt)
            implements BillingEvent {}

    /** Benefits were checked with the payer. {@code authorizationRequired}: whether ketamine sessions need prior authorization. */
    record BenefitsChecked(
            String coverageId,
            String patientId,
            boolean active,
            boolean authorizationRequired,
            LocalDate checkedOn,
            Instant recordedAt)
            implements BillingEvent {}

    /** A good-faith estimate (No Surprises Act) for {@code sessions} sessions. */
    record EstimateIssued(String estimateId, String patientId, int sessions, Money total, Instant issuedAt)
            implements BillingEvent {}

    /** The patient pays {@code sessions} sessions themself. */
    record SelfPayAgreed(String estimateId, String patientId, int sessions, Money total, Instant agreedAt)
            implements BillingEvent {}

    record AuthorizationRequested(
            String authorizationId, String patientId, String payerCode, int units, Instant requestedAt)
            implements BillingEvent {}

    /** {@code units} attended sessions between the two dates, both inclusive. */
    record AuthorizationGranted(
            String authorizationId,
            String patientId,
            int units,
            LocalDate validFrom,
            LocalDate validTo,
            Instant decidedAt)
            implements BillingEvent {}

    /** {@code reason}: the payer's reason code (CARC). */
    record AuthorizationDenied(String authorizationId, String patientId, String reason, Instant decidedAt)
            implements BillingEvent {}

    /** The last unit or the last days are near. */
    record AuthorizationRunningOut(
            String authorizationId, String patientId, int unitsLeft, LocalDate validTo, Instant noticedAt)
            implements BillingEvent {}

    /** The charges of a session were made, after discharge and signature. {@code total}: of all its lines. */
    record SessionCharged(String sessionId, String patientId, Money total, Instant chargedAt) implements BillingEvent {}

    record ClaimSubmitted(
            String claimId, String patientId, String sessionId, String payerCode, Money charged, Instant submittedAt)
            implements BillingEvent {}

    /** The payer answered and pays something or nothing; {@code patientOwes} is the sum of its PR adjustments. */
    record ClaimAdjudicated(
            String claimId,
            String patientId,
            Money charged,
            Money paid,
            Money patientOwes,
            List<Adjustment> adjustments,
            Instant adjudicatedAt)
            implements BillingEvent {}

    /** X12 claim adjustment: {@code group} CO, PR, OA, PI; {@code reason} a CARC. */
    record Adjustment(String group, String reason, Money amount) {}

    /** The payer refuses. {@code reasons}: CARCs. */
    record ClaimDenied(String claimId, String patientId, Money charged, List<String> reasons, Instant deniedAt)
            implements BillingEvent {}

    record StatementIssued(String statementId, String patientId, Money amountDue, LocalDate dueOn, Instant issuedAt)
            implements BillingEvent {}

    /** {@code balance}: what the patient owes afterwards. {@code method}: card, cash, check. */
    record PaymentReceived(
            String paymentId, String patientId, Money amount, String method, Money balance, Instant receivedAt)
            implements BillingEvent {}

    /** What the patient owes changed. {@code openClaims}: claims and unbilled sessions still without an answer. */
    record BalanceChanged(
            String patientId,
            Money balance,
            int openClaims,
            @Nullable String cause,
            Instant changedAt) implements BillingEvent {}
}
