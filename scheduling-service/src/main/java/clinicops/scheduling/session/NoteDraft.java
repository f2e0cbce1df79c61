package clinicops.scheduling.session;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the lines of a session note from what is on record. */
final class NoteDraft {
    private final TreatmentSession session;
    private final List<String> lines = new ArrayList<>();

    private NoteDraft(TreatmentSession session) {
        this.session = session;
    }

    /**
     * @param givenMg what went in
     * @param readings all vital signs, oldest first
     * @param ended when the session was over
     */
    static List<String> of(TreatmentSession session, BigDecimal givenMg, List<VitalsAnswer> readings, Instant ended) {
        var draft = new NoteDraft(session);
        draft.beforeTheDose();
        draft.dose(givenMg);
        draft.vitals(
                readings.stream().filter(reading -> reading.doubts().isEmpty()).toList());
        draft.whatHappened();
        draft.leaving();
        draft.lines.add("Ended " + session.state().code() + " " + ended + ".");
        return draft.lines;
    }

    private void beforeTheDose() {
        lines.add("Session " + session.number() + " of " + session.terms().sessions() + ": " + session.drug() + " "
                + session.route() + ", plan revision " + session.terms().planRevision() + ".");
        lines.add("Checked in " + session.checkedInAt() + ".");
        TreatmentSession.Gate gate = session.gate();
        if (gate != null) {
            lines.add("Pre-dose gate " + gate.at() + ": "
                    + (gate.blockers().isEmpty() ? "passed" : String.join(", ", gate.blockers()))
                    + (gate.softHolds().isEmpty() ? "" : "; soft hold: " + String.join(", ", gate.softHolds())) + ".");
        }
        Dosing.DrugsReview review = session.drugsReview();
        if (review != null) {
            lines.add("Changed drugs reviewed by " + review.by() + ": " + review.conclusion());
        }
        Dosing.Weighed weighed = session.weighed();
        if (weighed != null) {
            lines.add("Soft hold weighed by " + weighed.by() + ": " + weighed.why());
        }
        session.ivAttempts()
                .forEach(attempt -> lines.add("IV line " + attempt.at() + ": " + attempt.site() + ", " + attempt.gauge()
                        + " G, " + (attempt.success() ? "lies" : "failed") + "."));
        Dosing.Surroundings setting = session.surroundings();
        if (setting != null) {
            lines.add("Setting: music " + setting.music() + ", light " + setting.light()
                    + (setting.mask() ? ", eye mask" : "") + ".");
        }
    }

    private void dose(BigDecimal givenMg) {
        Dosing.DoseOrder ordered = session.order();
        if (ordered == null || session.doseStartedAt() == null) {
            return;
        }
        lines.add("Ordered " + ordered.doseMg().toPlainString() + " mg ("
                + ordered.doseMgPerKg().toPlainString() + " mg/kg, "
                + ordered.weightKg().toPlainString() + " kg), given "
                + givenMg.toPlainString() + " mg from " + session.doseStartedAt() + " to " + session.doseEndedAt()
                + ".");
        session.titrations()
                .forEach(titration -> lines.add("Titrated " + titration.at() + " to "
                        + titration.doseMg().toPlainString() + " mg by " + titration.by() + "."));
        Dosing.Injection injection = session.injection();
        if (injection != null) {
            lines.add("Injected " + injection.volumeMl().toPlainString() + " mL, " + injection.site() + ".");
        }
        if (!session.devices().isEmpty()) {
            lines.add("Devices: "
                    + session.devices().stream()
                            .map(device -> device.mg().toPlainString() + " mg " + device.at() + ", lot " + device.lot())
                            .collect(Collectors.joining("; "))
                    + ".");
        }
    }

    private void vitals(List<VitalsAnswer> readings) {
        if (readings.isEmpty()) {
            return;
        }
        VitalsAnswer last = readings.getLast();
        lines.add("Vitals: " + readings.size() + " readings; highest systolic "
                + extreme(readings, VitalsAnswer::systolic, Comparator.naturalOrder()) + ", lowest SpO2 "
                + extreme(readings, VitalsAnswer::spo2, Comparator.reverseOrder()) + ", highest CADSS-6 "
                + extreme(readings, VitalsAnswer::cadss6, Comparator.naturalOrder()) + "; last " + last.takenAt()
                + " " + shown(last.systolic()) + "/" + shown(last.diastolic()) + ", SpO2 " + shown(last.spo2()) + ".");
        List<String> broken = readings.stream()
                .flatMap(reading -> reading.alarms().stream())
                .distinct()
                .toList();
        if (!broken.isEmpty()) {
            lines.add("Limits broken: " + String.join(", ", broken) + ".");
        }
    }

    private static String extreme(
            List<VitalsAnswer> readings, Function<VitalsAnswer, @Nullable Integer> sign, Comparator<Integer> order) {
        return readings.stream()
                .map(sign)
                .filter(Objects::nonNull)
                .max(order)
                .map(String::valueOf)
                .orElse("-");
    }

    private static String shown(@Nullable Integer value) {
        return value == null ? "-" : String.valueOf(value);
    }

    private void whatHappened() {
        session.stops().forEach(stop -> lines.add("Stopped " + stop.at() + ": " + stop.reason() + "."));
        session.rescues()
                .forEach(rescue -> lines.add("Rescue " + rescue.at() + ": " + rescue.drug() + " "
                        + rescue.amountMg().toPlainString() + " mg."));
        session.adverseEvents()
                .forEach(event -> lines.add("Effect: " + event.effect() + ", " + event.severity() + ", from "
                        + (event.onset() == null ? event.at() : event.onset())
                        + (event.endedAt() == null ? "" : " to " + event.endedAt())
                        + (event.done() == null ? "" : "; " + event.done())
                        + (event.conclusion() == null ? "" : "; reviewed: " + event.conclusion()) + "."));
    }

    private void leaving() {
        TreatmentSession.Discharge discharge = session.discharge();
        if (discharge == null) {
            return;
        }
        if (!discharge.failed().isEmpty()) {
            lines.add("Discharge rules overridden: " + String.join(", ", discharge.failed()) + "; "
                    + discharge.overrideReason());
        }
        TreatmentSession.Handover handover = discharge.handover();
        if (handover != null) {
            lines.add("Handed over to the escort, known by "
                    + (handover.by().equals("code") ? "the code" : "an ID seen by " + handover.seenBy()) + ".");
        }
    }
}
