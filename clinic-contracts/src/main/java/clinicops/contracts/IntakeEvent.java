package clinicops.contracts;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What intake-service tells. Topic {@link Topics#INTAKE}. */
public sealed interface IntakeEvent extends Event {

    /** A referrer asked for treatment. {@code indication}: depression, anxiety, ptsd, chronic-pain; {@code urgency}: routine, urgent. */
    record ReferralReceived(
            String referralId,
            String patientId,
            String indication,
            String urgency,
            LocalDate referredOn,
            Instant receivedAt)
            implements IntakeEvent {}

    /** The clinic knows the patient from now on. */
    record PatientRegistered(String patientId, String referralId, Instant registeredAt) implements IntakeEvent {}

    /** {@code duplicateId} turned out to be the same person as {@code patientId}, who goes on for both. */
    record PatientsMerged(String patientId, String duplicateId, Instant mergedAt) implements IntakeEvent {}

    /**
     * A merging was wrong: the two are two patients again, each as before.
     *
     * @param safetyAlerts ids of unresolved alerts that are the duplicate's again
     */
    record PatientsUnmerged(
            String patientId,
            String duplicateId,
            Instant unmergedAt,
            @Nullable List<String> safetyAlerts) implements IntakeEvent {}

    /**
     * What the patient says of their insurance, unverified. {@code rank} 1 is primary. {@code sealedMemberId} is a JWE, see
     * {@link ContactCard}. A patient without insurance has no such event.
     */
    record CoverageReported(
            String patientId,
            int rank,
            String payerCode,
            @Nullable String plan,
            String sealedMemberId,
            Instant reportedAt)
            implements IntakeEvent {}

    /** How the patient may be reached. {@code zone} is IANA, {@code language} BCP 47 (en, es). */
    record ContactPreferencesChanged(
            String patientId, String language, String zone, boolean emailAllowed, boolean smsAllowed, Instant changedAt)
            implements IntakeEvent {}

    /**
     * Instruments and history were taken and the rules were run.
     *
     * @param suicideRisk none, low, moderate, high (C-SSRS screener)
     * @param outcome cleared, needs-review, excluded: the gravest of all findings
     */
    record ScreeningCompleted(
            String patientId,
            List<Score> scores,
            String suicideRisk,
            String outcome,
            String ruleSetVersion,
            Instant completedAt)
            implements IntakeEvent {}

    /** One instrument's score. {@code instrument}: phq-9, c-ssrs, gad-7 ...; {@code band} as the instrument names it. */
    record Score(String instrument, String version, int score, String band) {}

    /** Somebody may be in danger: staff must acknowledge. {@code reason}: c-ssrs-high, phq-9-item-9. */
    record SafetyAlertRaised(String alertId, String patientId, String reason, Instant raisedAt)
            implements IntakeEvent {}

    record SafetyAlertAcknowledged(String alertId, String patientId, String acknowledgedBy, Instant acknowledgedAt)
            implements IntakeEvent {}

    /**
     * People have looked after the patient, and the alert is closed. {@code outcome}: safety-plan, emergency-care,
     * hospital-admission, other-care, no-danger.
     */
    record SafetyAlertResolved(String alertId, String patientId, String outcome, String resolvedBy, Instant resolvedAt)
            implements IntakeEvent {}

    /**
     * A test of the work-up came to something. {@code kind}: pregnancy-test, the only one that others go by; {@code finding}:
     * positive, negative. {@code takenAt} may lie long before.
     */
    record WorkupRecorded(
            String workupId, String patientId, String kind, String finding, Instant takenAt, Instant recordedAt)
            implements IntakeEvent {}

    /**
     * Both clearances are given. Valid until the earlier of the two expires (exclusive).
     *
     * @param pregnancyPossible whether pregnancy tests apply to this patient; null in facts of before it was told
     */
    record PatientCleared(
            String patientId,
            Instant clearedAt,
            LocalDate validUntil,
            @Nullable Boolean pregnancyPossible) implements IntakeEvent {}

    /** Treatment is refused. {@code reasons}: rule or decision codes. {@code kind}: excluded (by a rule), declined (by a clinician). */
    record PatientDeclined(String patientId, String kind, List<String> reasons, Instant declinedAt)
            implements IntakeEvent {}

    /**
     * A clearance no longer holds: booking and dosing stop.
     *
     * @param clearance mental-health, medical
     * @param reason expired, revoked, facts-changed, screened-again; null in facts of before it was told
     */
    record ClearanceLapsed(
            String patientId,
            String clearance,
            Instant lapsedAt,
            @Nullable String reason) implements IntakeEvent {}

    /** Consent for one drug and route under one text. {@code route}: iv, im, nasal, oral. */
    record ConsentSigned(
            String consentId, String patientId, String drug, String route, String textVersion, Instant signedAt)
            implements IntakeEvent {}

    record ConsentWithdrawn(String consentId, String patientId, String drug, String route, Instant withdrawnAt)
            implements IntakeEvent {}

    /**
     * A prescriber approved revision {@code revision} of the plan.
     *
     * @param diagnosisCode ICD-10-CM
     * @param doseLowMgPerKg least ordered dose in mg per kg of measured weight; 0 for a fixed dose
     * @param doseHighMgPerKg greatest ordered dose; above it a new order is needed; 0 for a fixed dose
     * @param fixedDoseMg the ordered dose in mg, whatever the weight (by mouth: of one tablet); left out when the dose goes by
     *     weight
     * @param sessions sessions of the course; 0 for tablets at home alone: nothing is given in the clinic
     * @param minGapDays least days between two sessions
     * @param courseMinDays least days from the first session to the last
     * @param courseMaxDays most days from the first session to the last
     * @param maxGapDays most days between two sessions; null when only the course's length limits them
     * @param boosterFromDays a single session after the course comes so many days after the last one, not earlier; null when none is
     *     planned
     * @param boosterToDays and not later; null when none is planned
     */
    record TreatmentPlanApproved(
            String planId,
            String patientId,
            int revision,
            String diagnosisCode,
            String drug,
            String route,
            BigDecimal doseLowMgPerKg,
            BigDecimal doseHighMgPerKg,
            @Nullable BigDecimal fixedDoseMg,
            int sessions,
            int minGapDays,
            int courseMinDays,
            int courseMaxDays,
            @Nullable Integer maxGapDays,
            @Nullable Integer boosterFromDays,
            @Nullable Integer boosterToDays,
            String approvedBy,
            Instant approvedAt)
            implements IntakeEvent {

        /** A plan whose dose goes by weight. */
        public TreatmentPlanApproved(
                String planId,
                String patientId,
                int revision,
                String diagnosisCode,
                String drug,
                String route,
                BigDecimal doseLowMgPerKg,
                BigDecimal doseHighMgPerKg,
                int sessions,
                int minGapDays,
                int courseMinDays,
                int courseMaxDays,
                String approvedBy,
                Instant approvedAt) {
            this(
                    planId,
                    patientId,
                    revision,
                    diagnosisCode,
                    drug,
                    route,
                    doseLowMgPerKg,
                    doseHighMgPerKg,
                    null,
                    sessions,
                    minGapDays,
                    courseMinDays,
                    courseMaxDays,
                    null,
                    null,
                    null,
                    approvedBy,
                    approvedAt);
        }
    }

    /** The plan is over. {@code reason}: completed, declined, consent-withdrawn, replaced. */
    record TreatmentPlanEnded(String planId, String patientId, String reason, Instant endedAt) implements IntakeEvent {}

    /**
     * The patient is to get a link to fill something in alone. {@code purpose}: paperwork, assessment; {@code resource}: what
     * the link opens, registration or the assessment's id.
     */
    record LinkRequested(
            String linkId, String patientId, String purpose, String resource, Instant requestedAt, Instant expiresAt)
            implements IntakeEvent {}

    /** The link opens nothing any more. */
    record LinkRevoked(String linkId, String patientId, Instant revokedAt) implements IntakeEvent {}

    /** The patient has filled in what the link was for. */
    record LinkFinished(String linkId, String patientId, String purpose, Instant finishedAt) implements IntakeEvent {}

    /**
     * A score was taken after treatment began. Each is told of once, at its completion or when the session before it is heard of.
     *
     * @param scale of the instrument: total, severity, interference
     * @param baseline the score before the first session
     * @param response null when the scale has no threshold, or the baseline leaves nothing to fall
     * @param remission null when the scale has no threshold
     * @param sessions given until then
     */
    record OutcomeRecorded(
            String assessmentId,
            String patientId,
            String instrument,
            String version,
            String scale,
            BigDecimal baseline,
            BigDecimal score,
            @Nullable Boolean response,
            @Nullable Boolean remission,
            int sessions,
            Instant recordedAt)
            implements IntakeEvent {}
}
