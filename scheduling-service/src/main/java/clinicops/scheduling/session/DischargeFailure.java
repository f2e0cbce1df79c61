package clinicops.scheduling.session;

import clinicops.scheduling.protocol.Protocol;
import clinicops.scheduling.readiness.TreatmentRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One reason why a patient may not leave yet.
 *
 * @param field of the request; null when no answer of the nurse decides it
 */
record DischargeFailure(String rule, String why, @Nullable String field) {

    /**
     * Vital signs that the gate goes by.
     *
     * @param last after check-in; null when there is none
     * @param cadss6Before CADSS-6 before the dose; null when it was not asked
     * @param cadss6After the last one after the dose; null when it was not asked
     * @param inDanger a safety alert of the patient is open; it is resolved with a safety plan
     * @param readings all of them, oldest first, for the note
     */
    record Seen(
            TreatmentRecord.@Nullable Reading last,
            @Nullable Integer cadss6Before,
            @Nullable Integer cadss6After,
            boolean inDanger,
            List<VitalsAnswer> readings) {}

    /** Every rule of the discharge gate that is not met. */
    static List<DischargeFailure> of(
            TreatmentSession.Discharge told,
            boolean codeRight,
            Seen seen,
            TreatmentSession session,
            Instant doseEndedAt,
            Protocol.DischargeGate rule,
            Instant now) {
        String route = session.route();
        List<DischargeFailure> failures = new ArrayList<>();
        Duration minimum = rule.afterDose(route);
        if (Duration.between(doseEndedAt, now).compareTo(minimum) < 0) {
            failures.add(new DischargeFailure(
                    "observation-time",
                    "the patient is watched for " + minimum.toMinutes() + " min after the dose, until "
                            + doseEndedAt.plus(minimum),
                    null));
        }
        if (told.aldrete().sum() < rule.aldreteAtLeast()) {
            failures.add(new DischargeFailure(
                    "aldrete", "the Aldrete score has to be " + rule.aldreteAtLeast() + " or more", "aldrete"));
        }
        if (told.moaas() < rule.moaasAtLeast()) {
            failures.add(new DischargeFailure("sedation", "MOAA/S has to be " + rule.moaasAtLeast(), "moaas"));
        }
        answer(told.dissociationOver(), "dissociation", "dissociation has to be over", "dissociationOver", failures);
        if (told.dissociationOver() && seen.cadss6After() != null) {
            int before = seen.cadss6Before() == null ? 0 : seen.cadss6Before();
            answer(
                    seen.cadss6After() <= before + rule.cadss6AboveBaselineAtMost(),
                    "dissociation",
                    "CADSS-6 is " + seen.cadss6After() + ", before the dose " + before,
                    null,
                    failures);
        }
        answer(told.walksSteadily(), "gait", "the patient has to walk steadily", "walksSteadily", failures);
        answer(
                !rule.withIvLine().contains(route) || Boolean.TRUE.equals(told.ivOut()),
                "iv-out",
                "the IV line has to be out",
                "ivOut",
                failures);
        answer(
                told.instructionsGiven(),
                "instructions",
                "the instructions have to be given",
                "instructionsGiven",
                failures);
        answer(
                !told.cssrsHigh(),
                "suicide-risk-high",
                "a patient at high risk leaves with a safety plan only",
                "cssrsHigh",
                failures);
        answer(
                !seen.inDanger(),
                "safety-alert-open",
                "a safety alert is open; it is resolved with a safety plan first",
                null,
                failures);
        answer(told.escortPresent(), "escort-not-present", "the escort has to be there", "escortPresent", failures);
        String seenBy = told.escortIdSeenBy();
        answer(
                codeRight || (seenBy != null && !seenBy.isBlank()),
                "escort-id-not-seen",
                "the escort tells the code, or somebody has seen their ID",
                "escortIdSeenBy",
                failures);
        if (session.openReview()) {
            failures.add(new DischargeFailure(
                    "adverse-event-unreviewed", "a serious adverse event waits for its review", null));
        }
        session.adverseEvents().stream()
                .filter(event -> event.goesOn() && !event.waitsForReview())
                .findFirst()
                .ifPresent(event -> failures.add(new DischargeFailure(
                        "effect-unresolved", event.effect() + " (" + event.severity() + ") has not ended yet", null)));
        TreatmentSession.Gate gate = session.gate();
        vitals(gate == null ? null : gate.vitals(), doseEndedAt, seen.last(), rule, now, failures);
        return failures;
    }

    private static void vitals(
            TreatmentRecord.@Nullable Reading baseline,
            Instant doseEndedAt,
            TreatmentRecord.@Nullable Reading last,
            Protocol.DischargeGate rule,
            Instant now,
            List<DischargeFailure> failures) {
        if (last == null
                || last.takenAt().isBefore(doseEndedAt)
                || Duration.between(last.takenAt(), now).compareTo(rule.readingMaxAge()) > 0) {
            failures.add(new DischargeFailure(
                    "vitals-missing",
                    "vital signs of the last " + rule.readingMaxAge().toMinutes() + " min are needed",
                    null));
            return;
        }
        boolean pressure = baseline == null
                || (Math.abs(last.systolic() - baseline.systolic()) <= rule.bloodPressureWithinMmHg()
                        && Math.abs(last.diastolic() - baseline.diastolic()) <= rule.bloodPressureWithinMmHg());
        boolean heart = last.heartRate() >= rule.heartRateAtLeast() && last.heartRate() <= rule.heartRateAtMost();
        if (!pressure || !heart || last.spo2() < rule.spo2AtLeast()) {
            failures.add(new DischargeFailure(
                    "vitals-near-baseline",
                    "blood pressure within " + rule.bloodPressureWithinMmHg() + " mmHg of the reading before the dose,"
                            + " SpO2 at least " + rule.spo2AtLeast() + " %, heart rate from "
                            + rule.heartRateAtLeast() + " to " + rule.heartRateAtMost(),
                    null));
        }
    }

    private static void answer(
            boolean met, String rule, String why, @Nullable String field, List<DischargeFailure> failures) {
        if (!met) {
            failures.add(new DischargeFailure(rule, why, field));
        }
    }
}
