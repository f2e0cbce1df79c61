package clinicops.intake.screening;

import clinicops.intake.drug.Drug;
import clinicops.intake.patient.SuicideRisk;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that the rules look at, as it was known at one moment. A verdict keeps it as it stood, names of drugs already understood.
 *
 * @param age completed years
 * @param conditions codes of the conditions that were ever found
 * @param otherConditions conditions in free words
 * @param failedTreatments adequate treatments of this episode that did not help, as counted at the screening
 * @param previousTreatments treatments that the registration names
 * @param systolic mmHg at rest, the latest
 * @param diastolic mmHg at rest, the latest
 * @param heartRate beats a minute at rest; null when it was never measured
 * @param spo2 percent; null when it was never measured
 * @param pregnancy the answer's code
 * @param scores latest total per instrument, by the instrument's id without hyphens
 * @param results latest result per kind of work-up, by the kind's name in camel case
 */
record Facts(
        int age,
        String sex,
        String indication,
        SuicideRisk suicideRisk,
        List<String> conditions,
        List<String> otherConditions,
        List<Drug> drugs,
        List<String> allergies,
        int failedTreatments,
        List<Tried> previousTreatments,
        int systolic,
        int diastolic,
        @Nullable Integer heartRate,
        @Nullable Integer spo2,
        String pregnancy,
        Map<String, Double> scores,
        Map<String, String> results) {
    /** The names by which rules read them. */
    static final List<String> NAMES = Arrays.stream(Facts.class.getRecordComponents())
            .map(RecordComponent::getName)
            .toList();

    /** As the rules' conditions see them. */
    Map<String, Object> context() {
        var context = new HashMap<String, Object>();
        context.put("age", age);
        context.put("sex", sex);
        context.put("indication", indication);
        context.put("suicideRisk", suicideRisk.code());
        context.put("conditions", conditions);
        context.put("otherConditions", otherConditions);
        context.put(
                "drugs",
                drugs.stream()
                        .map(d -> Map.of("given", d.given(), "known", d.known(), "classes", d.classes()))
                        .toList());
        context.put("allergies", allergies);
        context.put("failedTreatments", failedTreatments);
        context.put(
                "previousTreatments",
                previousTreatments.stream().map(Tried::context).toList());
        context.put("systolic", systolic);
        context.put("diastolic", diastolic);
        context.put("heartRate", heartRate);
        context.put("spo2", spo2);
        context.put("pregnancy", pregnancy);
        context.put("scores", scores);
        context.put("results", results);
        return context;
    }

    /**
     * A treatment that was tried before.
     *
     * @param weeks null when nobody knows
     * @param outcome no-response, partial-response, remission, not-tolerated, unknown
     */
    record Tried(@Nullable Integer weeks, String outcome, boolean thisEpisode) {
        Map<String, Object> context() {
            var context = new HashMap<String, Object>();
            context.put("weeks", weeks);
            context.put("outcome", outcome);
            context.put("thisEpisode", thisEpisode);
            return context;
        }
    }
}
