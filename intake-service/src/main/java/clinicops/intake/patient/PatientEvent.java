package clinicops.intake.patient;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to a patient in intake. The messaging package says it to the other services. */
public sealed interface PatientEvent {
    String patientId();

    record Referred(String patientId, Referral referral) implements PatientEvent {}

    record Registered(String patientId, String referralId, Instant at) implements PatientEvent {}

    record ContactStated(String patientId, Contact contact, Instant at) implements PatientEvent {}

    /** {@code memberId} is in the clear here and must leave sealed only. */
    record CoverageStated(String patientId, ReportedCoverage coverage, String memberId, Instant at)
            implements PatientEvent {
        @Override
        public String toString() {
            return "CoverageStated[patientId=" + patientId + "]";
        }
    }

    /** {@code duplicateId} turned out to be {@code patientId}, who goes on for both. */
    record Merged(String patientId, String duplicateId, Instant at) implements PatientEvent {}

    /** The two are two patients after all; {@code safetyAlerts}: those that are the duplicate's again. */
    record Unmerged(String patientId, String duplicateId, Instant at, List<String> safetyAlerts)
            implements PatientEvent {}

    record Screened(String patientId, Screening screening) implements PatientEvent {}

    record SafetyAlertRaised(String patientId, String alertId, String reason, Instant at) implements PatientEvent {}

    record SafetyAlertAcknowledged(String patientId, String alertId, String by, Instant at) implements PatientEvent {}

    /** {@code outcome}: how the danger ended, by its code. */
    record SafetyAlertResolved(String patientId, String alertId, String outcome, String by, Instant at)
            implements PatientEvent {}

    /** A test of the work-up; {@code kind} and {@code finding} by their codes. */
    record WorkupRecorded(String patientId, String workupId, String kind, String finding, Instant takenAt, Instant at)
            implements PatientEvent {}

    /** {@code validUntil}: first day on which the earlier of the two clearances no longer holds. */
    record Cleared(String patientId, Instant at, LocalDate validUntil, boolean pregnancyPossible)
            implements PatientEvent {}

    /** A rule excludes treatment on the present answers. */
    record Excluded(String patientId, List<String> rules, Instant at) implements PatientEvent {}

    /** A clinician refused. */
    record Declined(String patientId, ClearanceKind by, Instant at) implements PatientEvent {}

    record ClearanceLapsed(String patientId, ClearanceKind clearance, Lapse why, Instant at) implements PatientEvent {}

    /** Why a clearance no longer holds. */
    enum Lapse {
        EXPIRED,
        /** A professional took it back. */
        REVOKED,
        /** The rules find something that nobody weighed when it was given. */
        FACTS_CHANGED,
        /** A new screening took the place of the one that it judged. */
        SCREENED_AGAIN;

        public String code() {
            return Codes.of(this);
        }
    }

    record ConsentSigned(String patientId, Consent consent) implements PatientEvent {}

    record ConsentWithdrawn(String patientId, Consent consent, Instant at) implements PatientEvent {}

    record PlanApproved(String patientId, TreatmentPlan plan) implements PatientEvent {}

    record PlanEnded(String patientId, String planId, PlanEnd why, Instant at) implements PatientEvent {}

    /** A score was taken after treatment began; as {@code outcome.FollowUp} has it. */
    record OutcomeRecorded(
            String patientId,
            String assessmentId,
            String instrument,
            String version,
            String scale,
            BigDecimal baseline,
            BigDecimal value,
            @Nullable Boolean response,
            @Nullable Boolean remission,
            int sessions,
            Instant at)
            implements PatientEvent {}

    /** {@code purpose}: paperwork, assessment; {@code resource}: what the link opens. */
    record LinkRequested(
            String patientId, String linkId, String purpose, String resource, Instant at, Instant expiresAt)
            implements PatientEvent {}

    record LinkRevoked(String patientId, String linkId, Instant at) implements PatientEvent {}

    record LinkFinished(String patientId, String linkId, String purpose, Instant at) implements PatientEvent {}

    /** Why a plan ended. */
    enum PlanEnd {
        /** Treatment was refused, by a rule or a clinician. */
        DECLINED,
        CONSENT_WITHDRAWN,
        /** A plan with another drug or route took its place. */
        REPLACED;

        public String code() {
            return Codes.of(this);
        }
    }
}
