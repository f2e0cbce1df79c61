package clinicops.intake.screening;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.NotFound;
import clinicops.intake.drug.Drugs;
import clinicops.intake.instrument.Assessments;
import clinicops.intake.instrument.LatestScore;
import clinicops.intake.patient.Condition;
import clinicops.intake.patient.Finding;
import clinicops.intake.patient.History;
import clinicops.intake.patient.Judgement;
import clinicops.intake.patient.Outcome;
import clinicops.intake.patient.Patient;
import clinicops.intake.patient.PatientChanges;
import clinicops.intake.patient.Patients;
import clinicops.intake.patient.Pregnancy;
import clinicops.intake.patient.Score;
import clinicops.intake.patient.Screening;
import clinicops.intake.patient.SuicideRisk;
import clinicops.intake.registration.ClinicalFacts;
import clinicops.intake.registration.Registrations;
import clinicops.intake.registration.TakenDrug;
import clinicops.intake.workup.WorkupKind;
import clinicops.intake.workup.WorkupResult;
import clinicops.intake.workup.Workups;
import clinicops.outbox.Ids;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Collects the facts of a patient, has them judged whenever they change, and keeps each verdict. */
@Component
class Verdicts implements Judgement {
    private static final String TOTAL = "total";
    private static final String C_SSRS = "c-ssrs";
    private static final String C_SSRS_SINCE_LAST_CONTACT = "c-ssrs-since-last-contact";
    private static final ClinicalFacts NOTHING =
            new ClinicalFacts(List.of(), List.of(), List.of(), List.of(), List.of(), null, List.of());

    private final Judges judges;
    private final Drugs drugs;
    private final Patients patients;
    private final PatientChanges changes;
    private final Registrations registrations;
    private final Assessments assessments;
    private final Workups workups;
    private final VerdictHistory history;
    private final BusinessClock clock;
    private final Timer judging;

    Verdicts(
            Judges judges,
            Drugs drugs,
            Patients patients,
            PatientChanges changes,
            Registrations registrations,
            Assessments assessments,
            Workups workups,
            VerdictHistory history,
            BusinessClock clock,
            MeterRegistry meters) {
        this.judges = judges;
        this.drugs = drugs;
        this.patients = patients;
        this.changes = changes;
        this.registrations = registrations;
        this.assessments = assessments;
        this.workups = workups;
        this.history = history;
        this.clock = clock;
        judging = Timer.builder("clinicops.intake.rules")
                .description("Judging one patient's facts by all rules, without the reading of the facts")
                .publishPercentileHistogram()
                .serviceLevelObjectives(Duration.ofMillis(1))
                .minimumExpectedValue(Duration.ofNanos(20_000))
                .maximumExpectedValue(Duration.ofMillis(50))
                .register(meters);
    }

    /** Facts, and what the rules in use say of them. */
    record Judged(Facts facts, List<Finding> findings, String ruleSetVersion) {
        Outcome outcome() {
            return gravest(findings);
        }
    }

    /** The gravest of all findings. */
    static Outcome gravest(List<Finding> findings) {
        return findings.stream()
                .map(Finding::outcome)
                .max(Comparator.naturalOrder())
                .orElse(Outcome.CLEARED);
    }

    @Override
    public void rejudge(String patientId, String because) {
        Patient patient = patients.forStaff(patientId).orElseThrow(() -> new NotFound("patient", patientId));
        var screening = patient.screening();
        if (screening == null) {
            return;
        }
        var judged = judge(
                patient, screening.history(), screening.completedAt(), screening.suicideRisk(), screening.scores());
        var last = history.findFirstByPatientIdOrderByIdDesc(patientId);
        if (last.filter(v -> v.facts().equals(judged.facts()) && v.findings().equals(judged.findings()))
                .isPresent()) {
            return;
        }
        keep(patientId, judged, because);
        if (!judged.findings().equals(screening.findings())) {
            var events = patient.rejudge(judged.findings(), judged.ruleSetVersion(), clock.instant());
            changes.keep(patient, "rejudge", because, events);
        }
    }

    /** What the rules say of a history that is taken now, and of all else that is known. */
    Judged judge(Patient patient, History taken, Instant takenAt, SuicideRisk risk, List<Score> scores) {
        var judge = judges.inUse();
        var facts = facts(patient, taken, takenAt, risk, scores);
        long begun = System.nanoTime();
        var findings = judge.judge(facts);
        judging.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        return new Judged(facts, findings, judge.version());
    }

    /** Keeps a verdict; joins the caller's transaction. */
    void keep(String patientId, Judged judged, String because) {
        history.save(new Verdict(
                Ids.next(),
                patientId,
                clock.instant(),
                Caller.current().name(),
                because,
                judged.ruleSetVersion(),
                drugs.version(),
                judged.facts(),
                judged.findings(),
                judged.outcome()));
    }

    /**
     * What the screening and the registration say counts together: neither can take back what the other found. So it is with what
     * was said under another id of the same person; but treatments that failed are counted once.
     */
    private Facts facts(Patient patient, History taken, Instant takenAt, SuicideRisk risk, List<Score> scores) {
        var merged = patient.absorbed().isEmpty() ? List.<Patient>of() : patients.among(patient.absorbed());
        var screenings = merged.stream()
                .flatMap(other -> Stream.ofNullable(other.screening()))
                .toList();
        var histories = Stream.concat(Stream.of(taken), screenings.stream().map(Screening::history))
                .toList();
        var measured = screenings.stream()
                .filter(other -> other.completedAt().isAfter(takenAt))
                .max(Comparator.comparing(Screening::completedAt));
        History atRest = measured.map(Screening::history).orElse(taken);
        Instant measuredAt = measured.map(Screening::completedAt).orElse(takenAt);
        var workup = workups.latest(patient.id());
        var vitals = workup.get(WorkupKind.VITAL_SIGNS);
        Map<String, String> results = new HashMap<>();
        workup.forEach((kind, result) -> {
            if (result.finding() != null) {
                results.put(camelCase(kind), result.finding().code());
            }
        });
        var registered = registrations.clinicalFacts(patient.id()).orElse(NOTHING);
        var registrationsOfAll = Stream.concat(
                        Stream.of(registered),
                        merged.stream().flatMap(other -> registrations.clinicalFacts(other.id()).stream()))
                .toList();
        Map<String, Double> totals = new HashMap<>();
        scores.forEach(s -> totals.put(s.instrument().replace("-", ""), (double) s.score()));
        var latestScores = assessments.latestScores(patient.id());
        for (var latest : latestScores) {
            var score = latest.score();
            String name = score.instrument().replace("-", "");
            if (score.scale().equals(TOTAL)
                    && (!totals.containsKey(name) || latest.completedAt().isAfter(takenAt))) {
                totals.put(name, score.value().doubleValue());
            }
        }
        var drugNames = Stream.concat(
                histories.stream().flatMap(h -> h.drugs().stream()),
                registrationsOfAll.stream().flatMap(r -> r.drugs().stream()).map(TakenDrug::name));
        return new Facts(
                patient.demographics().ageOn(clock.today()),
                patient.demographics().sex().code(),
                patient.referral().indication().code(),
                presentRisk(risk, takenAt, latestScores),
                Stream.concat(
                                histories.stream().flatMap(h -> h.conditions().stream()),
                                registrationsOfAll.stream().flatMap(r -> r.conditions().stream()))
                        .map(Condition::code)
                        .distinct()
                        .toList(),
                registrationsOfAll.stream()
                        .flatMap(r -> r.otherConditions().stream())
                        .distinct()
                        .toList(),
                drugNames.map(drugs::normalise).distinct().toList(),
                registrationsOfAll.stream()
                        .flatMap(r -> r.allergies().stream())
                        .distinct()
                        .toList(),
                taken.failedTreatments(),
                registered.previousTreatments().stream()
                        .map(t -> new Facts.Tried(t.weeks(), t.outcome().code(), t.thisEpisode()))
                        .toList(),
                pressure(vitals, measuredAt, WorkupResult::systolic, atRest.systolic()),
                pressure(vitals, measuredAt, WorkupResult::diastolic, atRest.diastolic()),
                vitals == null ? null : vitals.heartRate(),
                vitals == null ? null : vitals.spo2(),
                pregnancy(Stream.concat(
                                histories.stream().map(History::pregnancy),
                                registrationsOfAll.stream().map(ClinicalFacts::pregnancy)))
                        .code(),
                totals,
                results);
    }

    /**
     * What the C-SSRS said last, at the screening or since. The version since last contact looks back on little, and so may raise
     * that, but not lower it.
     */
    private static SuicideRisk presentRisk(SuicideRisk screened, Instant takenAt, List<LatestScore> latest) {
        var asked = risk(C_SSRS, takenAt, latest);
        SuicideRisk last = asked.map(LatestRisk::risk).orElse(screened);
        Instant since = asked.map(LatestRisk::at).orElse(takenAt);
        return risk(C_SSRS_SINCE_LAST_CONTACT, since, latest)
                .map(LatestRisk::risk)
                .filter(later -> later.compareTo(last) > 0)
                .orElse(last);
    }

    private record LatestRisk(SuicideRisk risk, Instant at) {}

    private static Optional<LatestRisk> risk(String instrument, Instant after, List<LatestScore> latest) {
        return latest.stream()
                .filter(score -> score.score().instrument().equals(instrument)
                        && score.score().band() != null
                        && score.completedAt().isAfter(after))
                .map(score -> new LatestRisk(
                        Instruments.risk(Objects.requireNonNull(score.score().band())), score.completedAt()))
                .findFirst();
    }

    /** What was measured since the screening, else what the screening says. */
    private static int pressure(
            @Nullable WorkupResult vitals,
            Instant screenedAt,
            Function<WorkupResult, @Nullable Integer> of,
            int screened) {
        return Optional.ofNullable(vitals)
                .filter(v -> !v.takenAt().isBefore(screenedAt))
                .map(of)
                .orElse(screened);
    }

    /** As rules name a kind of work-up: {@code urineDrugScreen}. */
    private static String camelCase(WorkupKind kind) {
        return Pattern.compile("-(.)").matcher(kind.code()).replaceAll(m -> m.group(1)
                .toUpperCase(Locale.ROOT));
    }

    /** Of all answers the one that asks for most care; the first is the screening's. */
    private static Pregnancy pregnancy(Stream<@Nullable Pregnancy> answers) {
        var said = answers.toList();
        if (said.contains(Pregnancy.YES)) {
            return Pregnancy.YES;
        }
        return said.contains(Pregnancy.UNKNOWN) ? Pregnancy.UNKNOWN : Objects.requireNonNull(said.getFirst());
    }
}
