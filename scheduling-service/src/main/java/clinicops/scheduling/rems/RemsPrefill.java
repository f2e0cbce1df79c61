package clinicops.scheduling.rems;

import clinicops.scheduling.rems.RemsContent.Occurrence;
import clinicops.scheduling.rems.RemsContent.RemsDevice;
import clinicops.scheduling.rems.RemsContent.RemsEffect;
import clinicops.scheduling.rems.RemsContent.RemsEvent;
import clinicops.scheduling.rems.RemsContent.RemsPressure;
import clinicops.scheduling.session.AtBedside;
import clinicops.scheduling.session.DrugUse;
import clinicops.scheduling.session.TreatmentSession;
import clinicops.scheduling.session.VitalsAnswer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Fills in the form from what the session recorded. Pure. */
final class RemsPrefill {
    private final RemsTerms terms;

    RemsPrefill(RemsTerms terms) {
        this.terms = terms;
    }

    /** @param vitals of the session, oldest first; those in doubt count for nothing */
    RemsContent of(
            AtBedside session, DrugUse use, List<TreatmentSession.AdverseEvent> events, List<VitalsAnswer> vitals) {
        List<VitalsAnswer> sound =
                vitals.stream().filter(reading -> reading.doubts().isEmpty()).toList();
        Instant started = session.doseStartedAt();
        List<VitalsAnswer> before = sound.stream()
                .filter(reading -> started == null || !reading.takenAt().isAfter(started))
                .toList();
        List<VitalsAnswer> after = sound.stream()
                .filter(reading -> started != null && reading.takenAt().isAfter(started))
                .toList();
        int baseline = before.stream()
                .map(VitalsAnswer::cadss6)
                .filter(Objects::nonNull)
                .reduce((_, last) -> last)
                .orElse(0);
        return new RemsContent(
                Objects.requireNonNullElse(use.givenMg(), BigDecimal.ZERO).max(BigDecimal.ONE),
                use.taken().stream()
                        .map(taken -> new RemsDevice(taken.lot(), taken.mg()))
                        .toList(),
                started,
                last(before),
                started == null ? null : nearest(after, started.plus(Duration.ofMinutes(terms.secondReadingMinutes()))),
                last(after),
                effect(after, VitalsAnswer::moaas, moaas -> moaas < terms.moaasAwake()),
                effect(after, VitalsAnswer::cadss6, cadss -> cadss > baseline),
                session.discharge() == null ? null : session.discharge().at(),
                sedating(use),
                events.stream()
                        .filter(event -> event.severity().equals("serious"))
                        .map(event -> new RemsEvent(event.effect(), event.at()))
                        .toList());
    }

    private static List<String> sedating(DrugUse use) {
        var drugs = new LinkedHashSet<String>();
        use.rescues().stream().map(DrugUse.RescueGiven::drug).forEach(drugs::add);
        return List.copyOf(drugs);
    }

    private static @Nullable RemsPressure last(List<VitalsAnswer> readings) {
        List<RemsPressure> pressures = pressures(readings);
        return pressures.isEmpty() ? null : pressures.getLast();
    }

    private static @Nullable RemsPressure nearest(List<VitalsAnswer> readings, Instant time) {
        return pressures(readings).stream()
                .min(Comparator.comparing(
                        pressure -> Duration.between(pressure.takenAt(), time).abs()))
                .orElse(null);
    }

    private static List<RemsPressure> pressures(List<VitalsAnswer> readings) {
        List<RemsPressure> pressures = new ArrayList<>();
        for (VitalsAnswer reading : readings) {
            Integer systolic = reading.systolic();
            Integer diastolic = reading.diastolic();
            if (systolic != null && diastolic != null) {
                pressures.add(new RemsPressure(reading.takenAt(), systolic, diastolic));
            }
        }
        return pressures;
    }

    /** It was over with the first reading that showed it no more, and stayed so. */
    private static RemsEffect effect(
            List<VitalsAnswer> readings, Function<VitalsAnswer, @Nullable Integer> value, Predicate<Integer> shows) {
        boolean measured = false;
        boolean occurred = false;
        Instant over = null;
        for (VitalsAnswer reading : readings) {
            Integer measuredValue = value.apply(reading);
            if (measuredValue == null) {
                continue;
            }
            measured = true;
            if (shows.test(measuredValue)) {
                occurred = true;
                over = null;
            } else if (occurred && over == null) {
                over = reading.takenAt();
            }
        }
        if (!measured) {
            return new RemsEffect(Occurrence.UNKNOWN, null);
        }
        return new RemsEffect(occurred ? Occurrence.YES : Occurrence.NO, over);
    }
}
