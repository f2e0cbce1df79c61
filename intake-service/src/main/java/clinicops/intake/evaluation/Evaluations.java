package clinicops.intake.evaluation;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.NotFound;
import clinicops.chassis.Role;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.intake.patient.ClearanceKind;
import clinicops.intake.patient.Patients;
import clinicops.intake.worklist.Missing;
import clinicops.intake.worklist.StillMissing;
import clinicops.intake.worklist.WorkList;
import clinicops.outbox.Transactions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes drafts, signatures and amendments of evaluations. */
@Component
public class Evaluations implements StillMissing {
    private final EvaluationRecords records;
    private final Patients patients;
    private final WorkList workList;
    private final Audit audit;
    private final Transactions transactions;
    private final BusinessClock clock;

    Evaluations(
            EvaluationRecords records,
            Patients patients,
            WorkList workList,
            Audit audit,
            Transactions transactions,
            BusinessClock clock) {
        this.records = records;
        this.patients = patients;
        this.workList = workList;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The latest signed evaluation of a kind, as far as a clearance looks at it. */
    public record Signed(String evaluationId, Instant signedAt, boolean advisesAgainst) {}

    /** What a clearance of that kind may rest on; empty when nothing is signed. */
    public Optional<Signed> signed(String patientId, ClearanceKind kind) {
        return records.findFirstByPatientIdAndKindAndSignedAtNotNullOrderByNumberDescSignedAtDesc(patientId, kind)
                .flatMap(e -> Optional.ofNullable(e.signedAt()).map(at -> new Signed(e.id(), at, e.advisesAgainst())));
    }

    List<Evaluation> all(String patientId) {
        requirePatient(patientId);
        audit.read("list-evaluations", "patient/" + patientId, patientId);
        return records.of(patientId);
    }

    Evaluation latest(String patientId, ClearanceKind kind) {
        requirePatient(patientId);
        var latest = records.findFirstByPatientIdAndKindOrderByNumberDescWrittenAtDesc(patientId, kind)
                .orElseThrow(() -> new NotFound("evaluation", patientId));
        audit.read("read-evaluation", "evaluation/" + latest.id(), patientId);
        return latest;
    }

    /** Writes over the draft, or begins one. */
    Evaluation write(
            String patientId,
            ClearanceKind kind,
            @Nullable String ifMatch,
            @Nullable MentalHealthExam mental,
            @Nullable MedicalExam body) {
        String by = Caller.current().name();
        return transactions.inTransaction(() -> {
            patients.toActOn(patientId);
            var last = records.findFirstByPatientIdAndKindOrderByNumberDescWrittenAtDesc(patientId, kind);
            var draft = last.filter(e -> !e.isSigned());
            draft.ifPresent(e -> Versions.require(ifMatch, e.version(), "evaluation/" + e.id()));
            if (draft.isEmpty() && last.isPresent()) {
                throw RuleViolation.conflict("evaluation-signed", "what is signed stays as it is; amend it");
            }
            var evaluation = draft.orElseGet(() -> Evaluation.begin(patientId, kind, 1, by, clock.instant()));
            evaluation.write(mental, body, by, clock.instant());
            return keep(evaluation, "write-evaluation", null);
        });
    }

    Evaluation sign(String patientId, ClearanceKind kind, @Nullable String ifMatch) {
        Caller caller = Caller.current();
        if (kind == ClearanceKind.MEDICAL && !caller.has(Role.PRESCRIBER)) {
            throw new RuleViolation("sign-by-prescriber", "a medical evaluation is signed by a prescriber");
        }
        return change(patientId, kind, ifMatch, "sign-evaluation", null, evaluation -> {
            if (!caller.name().equals(evaluation.signedBy())) {
                evaluation.sign(caller.name(), clock.instant());
            }
            return evaluation;
        });
    }

    Evaluation amend(String patientId, ClearanceKind kind, @Nullable String ifMatch, String because) {
        String by = Caller.current().name();
        return change(
                patientId,
                kind,
                ifMatch,
                "amend-evaluation",
                because,
                signed -> signed.amend(because, by, clock.instant()));
    }

    private Evaluation change(
            String patientId,
            ClearanceKind kind,
            @Nullable String ifMatch,
            String action,
            @Nullable String why,
            UnaryOperator<Evaluation> command) {
        return transactions.inTransaction(() -> {
            patients.toActOn(patientId);
            var last = records.findFirstByPatientIdAndKindOrderByNumberDescWrittenAtDesc(patientId, kind)
                    .orElseThrow(() -> new NotFound("evaluation", patientId));
            Versions.require(ifMatch, last.version(), "evaluation/" + last.id());
            return keep(command.apply(last), action, why);
        });
    }

    private Evaluation keep(Evaluation evaluation, String action, @Nullable String why) {
        var saved = records.save(evaluation);
        audit.write(action, "evaluation/" + saved.id(), saved.patientId(), saved.version(), why);
        workList.refresh(saved.patientId());
        return saved;
    }

    private void requirePatient(String patientId) {
        if (patients.forStaff(patientId).isEmpty()) {
            throw new NotFound("patient", patientId);
        }
    }

    @Override
    public Set<Missing> of(String patientId) {
        var missing = EnumSet.of(Missing.MENTAL_HEALTH_EVALUATION, Missing.MEDICAL_EVALUATION);
        records.signedOf(patientId).forEach(e -> missing.remove(missing(e.kind())));
        return missing;
    }

    @Override
    public Set<Missing> atFirst() {
        return EnumSet.of(Missing.MENTAL_HEALTH_EVALUATION, Missing.MEDICAL_EVALUATION);
    }

    private static Missing missing(ClearanceKind kind) {
        return switch (kind) {
            case MENTAL_HEALTH -> Missing.MENTAL_HEALTH_EVALUATION;
            case MEDICAL -> Missing.MEDICAL_EVALUATION;
        };
    }
}
