package clinicops.intake.workup;

import clinicops.chassis.BusinessClock;
import clinicops.intake.patient.Outcome;
import clinicops.intake.patient.Patient;
import clinicops.intake.patient.Patients;
import clinicops.intake.patient.Screening;
import clinicops.intake.rulebook.RuleBook;
import clinicops.intake.worklist.Missing;
import clinicops.intake.worklist.StillMissing;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** What is known of a patient's work-up, and what the medical clearance still lacks. */
@Component
public class Workups implements StillMissing {
    /** More than anybody has of one kind before the next of another. */
    private static final Limit LOOKED_AT = Limit.of(200);

    private final WorkupTerms terms;
    private final WorkupResults results;
    private final Patients patients;
    private final BusinessClock clock;

    Workups(RuleBook book, WorkupResults results, Patients patients, BusinessClock clock) {
        this.terms = book.read("workup-terms", WorkupTerms.class);
        this.results = results;
        this.patients = patients;
        this.clock = clock;
    }

    /** One thing that the medical clearance takes. */
    @Schema(description = "One thing that the medical clearance takes")
    public record Required(
            WorkupKind kind,

            @Schema(description = "True while a result counts")
            boolean have,

            @Schema(description = "Of the latest result") @Nullable
            Instant takenAt,

            @Schema(description = "When it no longer counts") @Nullable
            Instant validUntil,

            String why) {}

    /** The latest result of each kind that has one. */
    public Map<WorkupKind, WorkupResult> latest(String patientId) {
        var latest = new EnumMap<WorkupKind, WorkupResult>(WorkupKind.class);
        results.newestOf(patientId, LOOKED_AT).forEach(result -> latest.putIfAbsent(result.kind(), result));
        return latest;
    }

    /** The weight that was measured last, at the screening or since; empty before either. */
    public Optional<BigDecimal> weightKg(Patient patient) {
        var screening = patient.screening();
        var measured = latest(patient.id()).get(WorkupKind.WEIGHT);
        if (measured != null && (screening == null || !measured.takenAt().isBefore(screening.completedAt()))) {
            return Optional.ofNullable(measured.weightKg());
        }
        return Optional.ofNullable(screening).map(s -> s.history().weightKg());
    }

    /** What the medical clearance of this patient takes, whether it is there or not. */
    public List<Required> required(Patient patient) {
        var latest = latest(patient.id());
        return terms.oldestDays().stream()
                .filter(term -> isNeeded(term, patient.screening()))
                .map(term -> required(term, patient.screening(), latest.get(term.kind())))
                .toList();
    }

    /** Kinds that the medical clearance of this patient still lacks. */
    public List<WorkupKind> missing(Patient patient) {
        return required(patient).stream()
                .filter(r -> !r.have())
                .map(Required::kind)
                .toList();
    }

    @Override
    public Set<Missing> of(String patientId) {
        return patients.forStaff(patientId).filter(p -> !missing(p).isEmpty()).isPresent()
                ? Set.of(Missing.WORKUP)
                : Set.of();
    }

    @Override
    public Set<Missing> atFirst() {
        return Set.of(Missing.WORKUP);
    }

    private Required required(WorkupTerms.Term term, @Nullable Screening screening, @Nullable WorkupResult result) {
        var taken = Stream.of(
                        Optional.ofNullable(result).map(WorkupResult::takenAt),
                        Optional.ofNullable(screening)
                                .filter(s -> term.kind().isMeasured())
                                .map(Screening::completedAt))
                .flatMap(Optional::stream)
                .max(Instant::compareTo);
        var until = taken.map(at -> at.plus(Duration.ofDays(term.days())));
        return new Required(
                term.kind(),
                until.filter(clock.instant()::isBefore).isPresent(),
                taken.orElse(null),
                until.orElse(null),
                term.why());
    }

    private static boolean isNeeded(WorkupTerms.Term term, @Nullable Screening screening) {
        return switch (term.needed()) {
            case ALWAYS -> true;
            case NEVER -> false;
            case WHEN_FOUND ->
                screening != null
                        && screening.findings().stream()
                                .anyMatch(f -> f.outcome() != Outcome.CLEARED
                                        && term.rules().contains(f.rule()));
        };
    }
}
