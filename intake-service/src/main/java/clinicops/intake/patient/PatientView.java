package clinicops.intake.patient;

import clinicops.chassis.Caller;
import clinicops.chassis.Role;
import clinicops.chassis.Versions;
import clinicops.intake.patient.PlanTerms.Boosters;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/**
 * One patient, as far as the caller's roles may see: the screening and what was decided on it is for those who treat or screen,
 * not for billers.
 */
@Schema(description = "One patient. Screening and reviews are null for callers who neither screen nor treat (billers).")
public record PatientView(
        String id,
        PatientStatus status,

        @Schema(description = "True while a safety alert of the patient is not resolved; always false for billers")
        boolean safetyFlag,

        String givenName,
        String familyName,
        @Schema(description = "ISO date") LocalDate birthDate,
        Sex sex,
        ContactView contact,
        ReferralView referral,

        @Schema(description = "What the patient says of their insurance; null = self-pay") @Nullable
        ReportedCoverage coverage,

        @Schema(description = "The latest; null before the first") @Nullable
        ScreeningView screening,

        @Nullable List<ReviewView> reviews,

        @Schema(description = "Only those that hold; an expired one disappears when its time is over")
        List<ClearanceView> clearances,

        @Nullable DeclineView decline,
        List<ConsentView> consents,
        @Nullable PlanView plan,

        @Schema(description = "Id of the patient who goes on in this one's place; null for all but status `merged`")
        @Nullable
        String mergedInto,

        @Schema(description = "As in the ETag; send it in If-Match with the next change")
        long version) {

    private static final Set<Role> SEE_CLINICAL =
            EnumSet.of(Role.FRONT_DESK, Role.NURSE, Role.PRESCRIBER, Role.THERAPIST);

    static boolean seesClinical(Caller caller) {
        return caller.roles().stream().anyMatch(SEE_CLINICAL::contains);
    }

    /** What {@code caller} may see. */
    public static PatientView of(Patient patient, Caller caller) {
        boolean clinical = seesClinical(caller);
        var who = patient.demographics();
        var screening = patient.screening();
        var plan = patient.plan();
        var decline = patient.decline();
        var merge = patient.merge();
        return new PatientView(
                patient.id(),
                patient.status(),
                clinical && patient.safetyFlag(),
                who.givenName(),
                who.familyName(),
                who.birthDate(),
                who.sex(),
                ContactView.of(patient.contact()),
                ReferralView.of(patient.referral()),
                patient.coverage(),
                clinical && screening != null ? ScreeningView.of(screening) : null,
                clinical ? patient.reviews().stream().map(ReviewView::of).toList() : null,
                patient.clearances().stream().map(ClearanceView::of).toList(),
                decline == null
                        ? null
                        : new DeclineView(
                                decline.kind(),
                                decline.declinedBy(),
                                decline.declinedAt(),
                                clinical ? decline.reason() : null),
                patient.consents().stream()
                        .map(consent -> ConsentView.of(consent, clinical))
                        .toList(),
                plan == null ? null : PlanView.of(plan),
                merge == null ? null : merge.into(),
                patient.version());
    }

    /** The answer to a command: what the caller may see, with the new ETag. */
    public static ResponseEntity<PatientView> answer(Patient patient) {
        return ResponseEntity.ok().eTag(Versions.etag(patient.version())).body(of(patient, Caller.current()));
    }

    /** How to reach the patient. */
    public record ContactView(
            @Nullable String email,
            @Schema(description = "E.164") @Nullable String phone,
            @Schema(description = "IANA zone") String zone,
            Language language,
            boolean emailAllowed,
            boolean smsAllowed) {
        static ContactView of(Contact c) {
            return new ContactView(c.email(), c.phone(), c.zone(), c.language(), c.emailAllowed(), c.smsAllowed());
        }
    }

    /** Why the patient is here. */
    public record ReferralView(
            String id, Indication indication, Urgency urgency, LocalDate referredOn, Instant receivedAt) {
        static ReferralView of(Referral r) {
            return new ReferralView(r.id(), r.indication(), r.urgency(), r.referredOn(), r.receivedAt());
        }
    }

    /** What was answered, scored and found. */
    public record ScreeningView(
            Instant completedAt,
            String takenBy,
            List<Score> scores,
            SuicideRisk suicideRisk,
            List<Finding> findings,
            Outcome outcome,
            String ruleSetVersion,
            List<InstrumentAnswers> answers,
            HistoryView history) {
        static ScreeningView of(Screening s) {
            return new ScreeningView(
                    s.completedAt(),
                    s.takenBy(),
                    s.scores(),
                    s.suicideRisk(),
                    s.findings(),
                    s.outcome(),
                    s.ruleSetVersion(),
                    s.answers(),
                    HistoryView.of(s.history()));
        }
    }

    /** The history as it was given. */
    public record HistoryView(
            List<Condition> conditions,
            List<String> drugs,
            int failedTreatments,
            @Schema(description = "mmHg") int systolic,
            @Schema(description = "mmHg") int diastolic,
            @Schema(description = "kg") BigDecimal weightKg,
            Pregnancy pregnancy) {
        static HistoryView of(History h) {
            return new HistoryView(
                    h.conditions(),
                    h.drugs(),
                    h.failedTreatments(),
                    h.systolic(),
                    h.diastolic(),
                    h.weightKg(),
                    h.pregnancy());
        }
    }

    /** A prescriber's reason to go on in spite of a finding. */
    public record ReviewView(
            @Schema(description = "The finding's rule") String finding,
            String reason,
            String reviewedBy,
            Instant reviewedAt) {
        static ReviewView of(FindingReview r) {
            return new ReviewView(r.rule(), r.reason(), r.reviewedBy(), r.reviewedAt());
        }
    }

    /** One clearance that holds. */
    public record ClearanceView(
            ClearanceKind kind,
            String givenBy,
            Instant givenAt,

            @Schema(description = "First day on which it no longer holds, in the clinic's zone")
            LocalDate validUntil,

            @Schema(description = "The signed evaluation that it rests on; null when a prescriber overrode that")
            @Nullable
            String evaluationId,

            @Schema(description = "True when a prescriber overrode a missing evaluation or work-up")
            boolean overridden) {
        static ClearanceView of(Clearance c) {
            return new ClearanceView(
                    c.kind(), c.givenBy(), c.givenAt(), c.validUntil(), c.evaluationId(), c.override() != null);
        }
    }

    /** A clinician's refusal. */
    public record DeclineView(
            ClearanceKind kind,
            String declinedBy,
            Instant declinedAt,
            @Nullable String reason) {}

    /** A consent, in force or ended. */
    public record ConsentView(
            String id,
            String drug,
            Route route,
            String textVersion,
            Language language,

            @Schema(description = "SHA-256 of the text that was read, hex")
            String textHash,

            @Schema(description = "The patient's name, as typed or beneath the drawing")
            String signature,

            @Schema(description = "SHA-256 of the drawn signature, hex; null when it was typed") @Nullable
            String drawingHash,

            String witnessedBy,
            Instant signedAt,

            @Schema(description = "Null while it holds") @Nullable
            Instant endedAt,

            @Schema(description = "What the patient said of their withdrawal; null for billers") @Nullable
            String endReason) {
        static ConsentView of(Consent c, boolean clinical) {
            return new ConsentView(
                    c.id(),
                    c.drug(),
                    c.route(),
                    c.textVersion(),
                    c.language(),
                    c.textHash(),
                    c.signature(),
                    c.drawingHash(),
                    c.witnessedBy(),
                    c.signedAt(),
                    c.endedAt(),
                    clinical ? c.endReason() : null);
        }
    }

    /** The plan in force. */
    public record PlanView(
            String id,
            int revision,
            @Schema(description = "ICD-10-CM") String diagnosisCode,
            String drug,
            Route route,

            @Schema(description = "mg per kg of measured weight; 0 for a fixed dose")
            BigDecimal doseLowMgPerKg,

            @Schema(description = "mg per kg of measured weight; 0 for a fixed dose")
            BigDecimal doseHighMgPerKg,

            PlanTerms.DoseRule doseRule,

            @Schema(description = "mg whatever the weight; null for a dose by weight") @Nullable
            BigDecimal fixedDoseMg,

            int sessions,
            int minGapDays,
            @Nullable Integer maxGapDays,
            int courseMinDays,
            int courseMaxDays,
            @Nullable String monitoringProfile,
            @Nullable String therapist,
            @Nullable Boosters boosters,
            String approvedBy,
            Instant approvedAt) {
        /** As a caller sees a plan, or a former revision of it. */
        public static PlanView of(TreatmentPlan plan) {
            var t = plan.terms();
            return new PlanView(
                    plan.id(),
                    plan.revision(),
                    t.diagnosisCode(),
                    t.drug(),
                    t.route(),
                    t.doseLowMgPerKg(),
                    t.doseHighMgPerKg(),
                    t.doseRule(),
                    t.fixedDoseMg(),
                    t.sessions(),
                    t.minGapDays(),
                    t.maxGapDays(),
                    t.courseMinDays(),
                    t.courseMaxDays(),
                    t.monitoringProfile(),
                    t.therapist(),
                    t.boosters(),
                    plan.approvedBy(),
                    plan.approvedAt());
        }
    }
}
