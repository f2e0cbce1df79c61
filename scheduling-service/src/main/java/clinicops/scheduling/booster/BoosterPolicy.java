package clinicops.scheduling.booster;

import clinicops.scheduling.booster.BoosterTerms.DriftScale;
import clinicops.scheduling.readiness.PatientFacts.BoosterDays;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a single session after a course is due: the score drifts back up, or the plan's window for it comes to its end.
 * Pure: scores and days in, a case out. The order in which the scores came does not matter, only when they were taken.
 */
final class BoosterPolicy {
    private static final BigDecimal PERCENT = BigDecimal.valueOf(100);

    private final BoosterTerms terms;
    private final ZoneId zone;

    BoosterPolicy(BoosterTerms terms, ZoneId zone) {
        this.terms = terms;
        this.zone = zone;
    }

    /**
     * A course that is over.
     *
     * @param beganAt its first dose; what was better before it counts for nothing
     * @param lastDoseAt its last, or the last booster's
     * @param days when the plan wants a booster; null when it has none
     */
    record Treatment(
            Instant beganAt, Instant lastDoseAt, @Nullable BoosterDays days) {}

    /** A booster is due. */
    record BoosterCase(Because because, BoosterEvidence evidence, LocalDate dueFrom, LocalDate dueBy) {}

    Optional<BoosterCase> judge(Treatment treatment, List<OutcomeScore> scores, LocalDate today) {
        return drift(treatment, scores).map(drift -> ofDrift(treatment, drift)).or(() -> ofCalendar(treatment)
                .filter(_ -> !lookOn(treatment).orElse(LocalDate.MAX).isAfter(today)));
    }

    /** The day on which the plan's window makes a booster due; empty when the plan has none. */
    Optional<LocalDate> lookOn(Treatment treatment) {
        return Optional.ofNullable(treatment.days())
                .map(days -> day(treatment.lastDoseAt()).plusDays(days.to() - (long) terms.calendarAheadDays()));
    }

    private BoosterCase ofDrift(Treatment treatment, BoosterEvidence.Drift drift) {
        LocalDate from = from(treatment);
        LocalDate by = day(drift.latestAt()).plusDays(terms.driftDueWithinDays());
        return new BoosterCase(Because.DRIFT, evidence(treatment, drift), from, by.isBefore(from) ? from : by);
    }

    private Optional<BoosterCase> ofCalendar(Treatment treatment) {
        return Optional.ofNullable(treatment.days())
                .map(_ -> new BoosterCase(
                        Because.CALENDAR, evidence(treatment, null), from(treatment), until(treatment)));
    }

    private BoosterEvidence evidence(Treatment treatment, BoosterEvidence.@Nullable Drift drift) {
        return new BoosterEvidence(day(treatment.lastDoseAt()), from(treatment), until(treatment), drift);
    }

    private LocalDate from(Treatment treatment) {
        BoosterDays days = treatment.days();
        return day(treatment.lastDoseAt()).plusDays(days == null ? terms.defaultFromDays() : days.from());
    }

    private LocalDate until(Treatment treatment) {
        BoosterDays days = treatment.days();
        return day(treatment.lastDoseAt()).plusDays(days == null ? terms.defaultToDays() : days.to());
    }

    private Optional<BoosterEvidence.Drift> drift(Treatment treatment, List<OutcomeScore> scores) {
        return terms.scales().stream()
                .flatMap(scale -> driftOf(scale, treatment, scores).stream())
                .findFirst();
    }

    private Optional<BoosterEvidence.Drift> driftOf(DriftScale scale, Treatment treatment, List<OutcomeScore> scores) {
        List<OutcomeScore> since = scores.stream()
                .filter(score -> score.instrument().equals(scale.instrument())
                        && score.scale().equals(scale.scale())
                        && !score.recordedAt().isBefore(treatment.beganAt()))
                .sorted(Comparator.comparing(OutcomeScore::recordedAt).thenComparing(OutcomeScore::id))
                .toList();
        if (since.isEmpty()) {
            return Optional.empty();
        }
        OutcomeScore latest = since.getLast();
        OutcomeScore best =
                since.stream().min(Comparator.comparing(OutcomeScore::score)).orElseThrow();
        BigDecimal gain = latest.baseline().subtract(best.score());
        BigDecimal lost = latest.score().subtract(best.score());
        boolean ofShare = gain.compareTo(scale.leastGain()) >= 0
                && lost.multiply(PERCENT).compareTo(gain.multiply(BigDecimal.valueOf(terms.lostSharePercent()))) >= 0;
        boolean ofPoints = lost.compareTo(scale.lostPoints()) >= 0;
        // a score between two sessions of the course says nothing of what remains of it
        boolean afterwards = latest.recordedAt().isAfter(treatment.lastDoseAt());
        return afterwards && (ofShare || ofPoints)
                ? Optional.of(new BoosterEvidence.Drift(
                        latest.instrument(),
                        latest.scale(),
                        latest.assessmentId(),
                        latest.baseline(),
                        best.score(),
                        best.recordedAt(),
                        latest.score(),
                        latest.recordedAt()))
                : Optional.empty();
    }

    private LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, zone);
    }
}
