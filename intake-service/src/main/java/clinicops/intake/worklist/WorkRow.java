package clinicops.intake.worklist;

import clinicops.intake.patient.Clearance;
import clinicops.intake.patient.ClearanceKind;
import clinicops.intake.patient.Finding;
import clinicops.intake.patient.FindingReview;
import clinicops.intake.patient.Indication;
import clinicops.intake.patient.Outcome;
import clinicops.intake.patient.Patient;
import clinicops.intake.patient.PatientStatus;
import clinicops.intake.patient.SearchKeys;
import clinicops.intake.patient.Urgency;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * One patient of the work-list. A read model: made of the patient and of what the features say is missing, in the transaction
 * that changed either, so that it is never older than they are.
 *
 * @param place sorts the list: whom safety concerns first, then the urgent, then who has waited longest in the present stage
 * @param open false once intake has nothing more to do
 */
@Document("worklist")
record WorkRow(
        @Id String patientId,
        String givenName,
        String familyName,
        LocalDate birthDate,
        SearchKeys search,
        PatientStatus status,
        Stage stage,
        Urgency urgency,
        Indication indication,
        boolean safetyFlag,
        Instant waitingSince,
        Set<Missing> missing,
        boolean open,
        String place) {

    /**
     * @param before the row so far; null when there is none
     * @param elsewhere what the features say is missing
     */
    static WorkRow of(Patient patient, @Nullable WorkRow before, Set<Missing> elsewhere, Instant now) {
        var missing = missing(patient);
        missing.addAll(elsewhere);
        boolean flagged = patient.safetyFlag() || patient.status() == PatientStatus.AWAITING_SAFETY_REVIEW;
        Stage stage = stage(patient, missing);
        Instant since = before == null
                ? patient.screening() == null ? patient.referral().receivedAt() : now
                : before.stage == stage ? before.waitingSince : now;
        var urgency = patient.referral().urgency();
        var who = patient.demographics();
        return new WorkRow(
                patient.id(),
                who.givenName(),
                who.familyName(),
                who.birthDate(),
                patient.search(),
                patient.status(),
                stage,
                urgency,
                patient.referral().indication(),
                flagged,
                since,
                missing,
                flagged || stage != Stage.READY,
                place(flagged, urgency, since, patient.id()));
    }

    /** True for whom intake works; who was refused or merged into another has no row unless safety concerns them. */
    static boolean concerns(Patient patient) {
        return patient.safetyFlag()
                || switch (patient.status()) {
                    case EXCLUDED, DECLINED, MERGED -> false;
                    case REFERRED, SCREENED, NEEDS_REVIEW, AWAITING_SAFETY_REVIEW, CLEARED -> true;
                };
    }

    private static Stage stage(Patient patient, Set<Missing> missing) {
        return switch (patient.status()) {
            case REFERRED -> Stage.SCREENING;
            case AWAITING_SAFETY_REVIEW -> Stage.SAFETY_REVIEW;
            case SCREENED, NEEDS_REVIEW, CLEARED, EXCLUDED, DECLINED, MERGED -> {
                if (missing.contains(Missing.FINDING_REVIEW)) {
                    yield Stage.FINDINGS;
                }
                if (missing.contains(Missing.MENTAL_HEALTH_CLEARANCE) || missing.contains(Missing.MEDICAL_CLEARANCE)) {
                    yield Stage.CLEARANCE;
                }
                yield missing.contains(Missing.CONSENT)
                        ? Stage.CONSENT
                        : missing.contains(Missing.PLAN) ? Stage.PLAN : Stage.READY;
            }
        };
    }

    private static Set<Missing> missing(Patient patient) {
        var missing = EnumSet.noneOf(Missing.class);
        var screening = patient.screening();
        if (screening == null) {
            missing.add(Missing.PHQ_9);
            missing.add(Missing.C_SSRS);
        } else {
            var reviewed = patient.reviews().stream().map(FindingReview::rule).toList();
            boolean unreviewed = screening.findings().stream()
                    .filter(f -> f.outcome() == Outcome.NEEDS_REVIEW)
                    .map(Finding::rule)
                    .anyMatch(rule -> !reviewed.contains(rule));
            if (unreviewed) {
                missing.add(Missing.FINDING_REVIEW);
            }
        }
        var cleared = patient.clearances().stream().map(Clearance::kind).toList();
        if (!cleared.contains(ClearanceKind.MENTAL_HEALTH)) {
            missing.add(Missing.MENTAL_HEALTH_CLEARANCE);
        }
        if (!cleared.contains(ClearanceKind.MEDICAL)) {
            missing.add(Missing.MEDICAL_CLEARANCE);
        }
        if (patient.consents().stream().noneMatch(consent -> consent.endedAt() == null)) {
            missing.add(Missing.CONSENT);
        }
        if (patient.plan() == null) {
            missing.add(Missing.PLAN);
        }
        return missing;
    }

    private static String place(boolean flagged, Urgency urgency, Instant since, String id) {
        return "%d%d %020d %s".formatted(flagged ? 0 : 1, first(urgency), since.toEpochMilli(), id);
    }

    /** Where in the list those of an urgency stand: after those of more danger, flagged or not. */
    static List<Pattern> beginningsOfPlaces(Urgency urgency) {
        return Stream.of(0, 1)
                .map(flagged -> Pattern.compile("^%d%d ".formatted(flagged, first(urgency))))
                .toList();
    }

    private static int first(Urgency urgency) {
        return urgency == Urgency.URGENT ? 0 : 1;
    }
}
