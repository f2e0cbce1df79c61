package clinicops.contracts;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What scheduling-service tells. Topic {@link Topics#SCHEDULING}. */
public sealed interface SchedulingEvent extends Event {

    /** A whole course has its places. */
    record CourseBooked(
            String courseId,
            String patientId,
            String planId,
            int planRevision,
            String drug,
            String route,
            List<String> sessionIds,
            Instant firstSessionAt,
            Instant lastSessionAt,
            Instant bookedAt)
            implements SchedulingEvent {}

    /** {@code number} counts from 1 within the course. {@code endsAt} is when the chair is free again. */
    record SessionBooked(
            String sessionId,
            String courseId,
            String patientId,
            int number,
            String drug,
            String route,
            Instant startsAt,
            Instant endsAt,
            String chairId,
            String nurseId)
            implements SchedulingEvent {}

    /** {@code chairId}, {@code nurseId}: where it goes; null in events from before it was told. */
    record SessionMoved(
            String sessionId,
            String courseId,
            String patientId,
            Instant formerStartsAt,
            Instant startsAt,
            Instant endsAt,
            @Nullable String chairId,
            @Nullable String nurseId)
            implements SchedulingEvent {
        public SessionMoved(
                String sessionId,
                String courseId,
                String patientId,
                Instant formerStartsAt,
                Instant startsAt,
                Instant endsAt) {
            this(sessionId, courseId, patientId, formerStartsAt, startsAt, endsAt, null, null);
        }
    }

    /** Another chair or nurse at the same time: the clinic's own news, nothing for the patient. */
    record SessionPlaceChanged(
            String sessionId,
            String courseId,
            String patientId,
            Instant startsAt,
            Instant endsAt,
            String formerChairId,
            String chairId,
            String formerNurseId,
            String nurseId)
            implements SchedulingEvent {}

    /** {@code reason}: patient, clinic, safety, held, consent-withdrawn. */
    record SessionCancelled(
            String sessionId, String courseId, String patientId, Instant startsAt, String reason, Instant cancelledAt)
            implements SchedulingEvent {}

    /** The patient did not come. */
    record SessionMissed(String sessionId, String courseId, String patientId, Instant startsAt, Instant missedAt)
            implements SchedulingEvent {}

    record EscortNamed(String sessionId, String patientId, Instant namedAt) implements SchedulingEvent {}

    record PatientCheckedIn(String sessionId, String patientId, Instant checkedInAt) implements SchedulingEvent {}

    /** The pre-dose gate failed. {@code blockers}: rule codes. */
    record SessionHeld(String sessionId, String patientId, List<String> blockers, Instant heldAt)
            implements SchedulingEvent {}

    /** The dose runs. {@code doseMg}: milligrams ordered for this session. */
    record SessionStarted(
            String sessionId,
            String courseId,
            String patientId,
            String drug,
            String route,
            BigDecimal doseMg,
            Instant startedAt)
            implements SchedulingEvent {}

    /** The dose was interrupted. {@code reason}: adverse-event, patient-request, equipment. */
    record SessionStopped(String sessionId, String patientId, String reason, Instant stoppedAt)
            implements SchedulingEvent {}

    record RescueDrugGiven(String sessionId, String patientId, String drug, BigDecimal amountMg, Instant givenAt)
            implements SchedulingEvent {}

    /** {@code effect} and {@code severity} (mild, moderate, serious) are codes. */
    record AdverseEventRecorded(
            String adverseEventId,
            String sessionId,
            String patientId,
            String effect,
            String severity,
            Instant recordedAt)
            implements SchedulingEvent {}

    /**
     * Discharged: the basis of charges.
     *
     * @param ndc National Drug Code of the vial used; null when none was scanned
     * @param doseMg milligrams given
     * @param doseStartedAt pump start
     * @param doseEndedAt pump stop; null when no stop was recorded
     * @param otherDrugs other drugs given by IV push
     */
    record SessionCompleted(
            String sessionId,
            String courseId,
            String patientId,
            int number,
            String drug,
            String route,
            @Nullable String ndc,
            BigDecimal doseMg,
            Instant checkedInAt,
            Instant doseStartedAt,
            @Nullable Instant doseEndedAt,
            Instant dischargedAt,
            List<GivenDrug> otherDrugs)
            implements SchedulingEvent {}

    record GivenDrug(String drug, BigDecimal amountMg, Instant givenAt) {}

    /** The session note is signed: charges may be made. */
    record NoteSigned(String sessionId, String patientId, String signedBy, Instant signedAt)
            implements SchedulingEvent {}

    /** {@code given}: null when no dose had begun. */
    record PatientLeftAgainstAdvice(
            String sessionId,
            String patientId,
            Instant leftAt,
            @Nullable GivenDose given) implements SchedulingEvent {
        /** Before any dose. */
        public PatientLeftAgainstAdvice(String sessionId, String patientId, Instant leftAt) {
            this(sessionId, patientId, leftAt, null);
        }
    }

    /** {@code given}: null when no dose had begun. */
    record PatientTransferred(
            String sessionId,
            String patientId,
            Instant transferredAt,
            @Nullable GivenDose given) implements SchedulingEvent {
        /** Before any dose. */
        public PatientTransferred(String sessionId, String patientId, Instant transferredAt) {
            this(sessionId, patientId, transferredAt, null);
        }
    }

    /**
     * What a patient got who left before discharge.
     *
     * @param ndc National Drug Code of the vial used; null when none was scanned
     * @param doseMg milligrams given, by the share of its time that the dose ran
     */
    record GivenDose(
            String courseId,
            String drug,
            String route,
            @Nullable String ndc,
            BigDecimal doseMg,
            Instant doseStartedAt,
            Instant doseEndedAt,
            List<GivenDrug> otherDrugs) {}

    /**
     * A single session after a course is suggested; told once a suggestion.
     *
     * @param because drift: the score has come back up; calendar: the plan's window for it comes to its end
     * @param dueFrom first day on which it may be given
     * @param dueBy last day by which it should be
     */
    record BoosterDue(
            String suggestionId,
            String patientId,
            String planId,
            String because,
            LocalDate dueFrom,
            LocalDate dueBy,
            Instant suggestedAt)
            implements SchedulingEvent {}

    /** Somebody at the chair needs hands now. */
    record HelpCalled(String sessionId, String patientId, Instant calledAt) implements SchedulingEvent {}

    /**
     * Somebody has to look after the patient. {@code kind}: a limit that was broken (spo2-low, systolic-rise ...),
     * reading-overdue, help, left-against-advice, transferred.
     */
    record AlarmRaised(String alarmId, String sessionId, String patientId, String kind, Instant raisedAt)
            implements SchedulingEvent {}

    /** Somebody does. {@code artefact}: the value was none of the patient's. */
    record AlarmAcknowledged(
            String alarmId,
            String sessionId,
            String patientId,
            String acknowledgedBy,
            boolean artefact,
            Instant acknowledgedAt)
            implements SchedulingEvent {}

    /**
     * A shipment of a controlled drug is on site.
     *
     * @param units containers
     * @param patientId whom a pharmacy's shipment is for; null for the clinic's own stock
     */
    record DrugReceived(
            String lotId,
            String drug,
            String ndc,
            int units,
            @Nullable String patientId,
            Instant receivedAt) implements SchedulingEvent {}

    /** Two people counted another amount, in mg, than the log says. */
    record CountDiscrepancyFound(
            String reviewId, String drug, BigDecimal expectedMg, BigDecimal countedMg, Instant foundAt)
            implements SchedulingEvent {
        @Override
        public @Nullable String patientId() {
            return null;
        }
    }

    /** The patient is enrolled in esketamine's REMS. */
    record RemsPatientEnrolled(String patientId, Instant enrolledAt) implements SchedulingEvent {}

    /** A session under the REMS is over: its monitoring form has to be sent by {@code dueOn}. */
    record RemsFormDue(String sessionId, String patientId, LocalDate dueOn) implements SchedulingEvent {}

    record RemsFormSubmitted(String sessionId, String patientId, Instant submittedAt) implements SchedulingEvent {}

    /** A prescriber is asked to let a patient pass although these rules are not met. */
    record OverrideAsked(String overrideId, String sessionId, String patientId, List<String> rules, Instant askedAt)
            implements SchedulingEvent {}

    /** {@code decision}: approved, refused, or expired with the session. {@code decidedBy}: null when it expired. */
    record OverrideDecided(
            String overrideId,
            String sessionId,
            String patientId,
            String decision,
            @Nullable String decidedBy,
            Instant decidedAt)
            implements SchedulingEvent {}

    /** Nobody has signed the session note in time: no charge can be made. */
    record NoteOverdue(String sessionId, String patientId, Instant dueAt) implements SchedulingEvent {}

    /**
     * A place in the diary is free again: somebody cancelled, moved or let it go. Never says who.
     *
     * @param route what it was planned for
     * @param endsAt when the chair was to be free
     */
    record PlaceFreed(String placeId, String route, Instant startsAt, Instant endsAt, Instant freedAt)
            implements SchedulingEvent {
        @Override
        public @Nullable String patientId() {
            return null;
        }
    }

    /** A freed place is kept for somebody who waits, until {@code expiresAt}. */
    record WaitlistOffered(String offerId, String patientId, Instant startsAt, Instant expiresAt, Instant offeredAt)
            implements SchedulingEvent {}

    /** {@code outcome}: accepted, refused, expired. */
    record WaitlistOfferEnded(String offerId, String patientId, String outcome, Instant endedAt)
            implements SchedulingEvent {}

    /**
     * A cancelled or missed session costs the patient something, by the clinic's policy.
     *
     * @param kind late-cancellation, no-show
     * @param policy by which, as {@code cancellation-policy@2026-12}
     */
    record SessionFeeDue(
            String feeId, String sessionId, String patientId, String kind, Money amount, String policy, Instant dueAt)
            implements SchedulingEvent {}

    /** The clinic does without a fee that was due. */
    record SessionFeeWaived(String feeId, String sessionId, String patientId, Instant waivedAt)
            implements SchedulingEvent {}

    /**
     * The patient will reflect on a session with a therapist.
     *
     * @param plannedOn the clinic's day
     * @param startsAt null where the therapist works elsewhere and only the day is planned; so {@code endsAt}
     */
    record IntegrationBooked(
            String integrationId,
            String courseId,
            String patientId,
            String therapistId,
            LocalDate plannedOn,
            @Nullable Instant startsAt,
            @Nullable Instant endsAt)
            implements SchedulingEvent {}

    /** {@code startsAt}, {@code endsAt}: null as in {@link IntegrationBooked}. */
    record IntegrationMoved(
            String integrationId,
            String courseId,
            String patientId,
            String therapistId,
            LocalDate formerlyPlannedOn,
            LocalDate plannedOn,
            @Nullable Instant startsAt,
            @Nullable Instant endsAt)
            implements SchedulingEvent {}

    /** {@code reason}: patient, clinic, or session-off when the session that it follows is not given. */
    record IntegrationCancelled(
            String integrationId, String courseId, String patientId, String reason, Instant cancelledAt)
            implements SchedulingEvent {}

    /** The patient did not come to reflect. */
    record IntegrationMissed(String integrationId, String courseId, String patientId, Instant missedAt)
            implements SchedulingEvent {}

    /** {@code minutes}: face to face, by which psychotherapy is billed. {@code external}: elsewhere, not the clinic's to bill. */
    record IntegrationDone(
            String integrationId,
            String courseId,
            String patientId,
            String therapistId,
            int minutes,
            boolean external,
            Instant doneAt)
            implements SchedulingEvent {}

    /** Tablets for use at home; {@code strengthMg}: milligrams in each. */
    record HomeTabletsPrescribed(
            String prescriptionId,
            String patientId,
            String drug,
            BigDecimal strengthMg,
            int tablets,
            Instant prescribedAt)
            implements SchedulingEvent {}

    /** {@code reason}: left-against-advice, transferred, adverse-event, home-tablets or concern. */
    record CallDue(String callId, String patientId, String reason, Instant dueAt) implements SchedulingEvent {}

    /** Nobody has called in time. */
    record CallOverdue(String callId, String patientId, String reason, Instant dueAt) implements SchedulingEvent {}

    /** {@code outcome}: well, concern, declined, or unreachable after several attempts. */
    record CallMade(String callId, String patientId, String reason, String outcome, Instant madeAt)
            implements SchedulingEvent {}
}
