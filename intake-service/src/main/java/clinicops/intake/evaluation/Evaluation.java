package clinicops.intake.evaluation;

import clinicops.chassis.RuleViolation;
import clinicops.intake.patient.ClearanceKind;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * One professional's evaluation of one patient: mental-health or medical.
 *
 * <p>It is a draft, written over as often as need be, until a licensed professional signs it; from then on it never changes. An
 * amendment is the next evaluation of that kind: a draft that begins with what was signed, says why, and stands beside it until
 * it is signed itself. At most one draft of a kind is open: the number makes the id, so that of two people who begin at once
 * one is refused.
 */
@Document("evaluations")
class Evaluation {
    @Id
    private final String id;

    @Version
    private long version;

    private final String patientId;
    private final ClearanceKind kind;
    private final int number;
    private final @Nullable String amends;
    private final @Nullable String amendedBecause;
    private @Nullable MentalHealthExam mentalHealth;
    private @Nullable MedicalExam medical;
    private String writtenBy;
    private Instant writtenAt;
    private @Nullable String signedBy;
    private @Nullable Instant signedAt;

    @PersistenceCreator
    Evaluation(
            String id,
            long version,
            String patientId,
            ClearanceKind kind,
            int number,
            @Nullable String amends,
            @Nullable String amendedBecause,
            @Nullable MentalHealthExam mentalHealth,
            @Nullable MedicalExam medical,
            String writtenBy,
            Instant writtenAt,
            @Nullable String signedBy,
            @Nullable Instant signedAt) {
        this.id = id;
        this.version = version;
        this.patientId = patientId;
        this.kind = kind;
        this.number = number;
        this.amends = amends;
        this.amendedBecause = amendedBecause;
        this.mentalHealth = mentalHealth;
        this.medical = medical;
        this.writtenBy = writtenBy;
        this.writtenAt = writtenAt;
        this.signedBy = signedBy;
        this.signedAt = signedAt;
    }

    /** A new draft, not saved yet; {@code number} counts the patient's evaluations of that kind from 1. */
    static Evaluation begin(String patientId, ClearanceKind kind, int number, String by, Instant now) {
        return new Evaluation(
                idOf(patientId, kind, number), 0, patientId, kind, number, null, null, null, null, by, now, null, null);
    }

    private static String idOf(String patientId, ClearanceKind kind, int number) {
        return patientId + "." + kind.code() + "." + number;
    }

    void write(@Nullable MentalHealthExam mental, @Nullable MedicalExam body, String by, Instant now) {
        requireDraft();
        mentalHealth = mental;
        medical = body;
        writtenBy = by;
        writtenAt = now;
    }

    void sign(String by, Instant now) {
        requireDraft();
        var open =
                mentalHealth != null ? mentalHealth.open() : medical != null ? medical.open() : List.of("everything");
        if (!open.isEmpty()) {
            throw new RuleViolation("evaluation-incomplete", "still open: " + String.join(", ", open))
                    .withField(open.getFirst());
        }
        signedBy = by;
        signedAt = now;
    }

    /** The draft of an amendment of this. */
    Evaluation amend(String because, String by, Instant now) {
        if (!isSigned()) {
            throw RuleViolation.conflict("evaluation-not-signed", "a draft is written over, not amended");
        }
        return new Evaluation(
                idOf(patientId, kind, number + 1),
                0,
                patientId,
                kind,
                number + 1,
                id,
                because,
                mentalHealth,
                medical,
                by,
                now,
                null,
                null);
    }

    boolean isSigned() {
        return signedAt != null;
    }

    private void requireDraft() {
        if (isSigned()) {
            throw RuleViolation.conflict("evaluation-signed", "what is signed stays as it is; amend it");
        }
    }

    /** True when the professional advises against treatment. */
    boolean advisesAgainst() {
        var advice = mentalHealth != null
                ? mentalHealth.recommendation()
                : Objects.requireNonNull(medical).recommendation();
        return advice == Recommendation.DO_NOT_TREAT;
    }

    String id() {
        return id;
    }

    long version() {
        return version;
    }

    String patientId() {
        return patientId;
    }

    ClearanceKind kind() {
        return kind;
    }

    int number() {
        return number;
    }

    @Nullable
    String amends() {
        return amends;
    }

    @Nullable
    String amendedBecause() {
        return amendedBecause;
    }

    @Nullable
    MentalHealthExam mentalHealth() {
        return mentalHealth;
    }

    @Nullable
    MedicalExam medical() {
        return medical;
    }

    String writtenBy() {
        return writtenBy;
    }

    Instant writtenAt() {
        return writtenAt;
    }

    @Nullable
    String signedBy() {
        return signedBy;
    }

    @Nullable
    Instant signedAt() {
        return signedAt;
    }
}
