package clinicops.scheduling.monitor;

import clinicops.scheduling.readiness.TreatmentRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which limits a reading breaks: by route, phase and the patient's own values before the dose. */
final class AlarmPolicy {
    private final MonitorRules rules;

    AlarmPolicy(MonitorRules rules) {
        this.rules = rules;
    }

    /**
     * A limit that is broken.
     *
     * @param kind for example {@code systolic-high}; {@code -rise} and {@code -drop} are measured from the own baseline
     * @param limit the last value that would have been well
     */
    record Breach(String kind, Sign sign, int value, int limit) {}

    /** @param baseline the reading of the pre-dose gate; null when there is none, then no deviation is judged */
    List<Breach> breaches(
            String route, Phase phase, TreatmentRecord.@Nullable Reading baseline, Map<Sign, Integer> values) {
        var judge = new Judge(rules.limits(route, phase), values);
        judge.above("systolicAbove", Sign.SYSTOLIC, "systolic-high");
        judge.below("systolicBelow", Sign.SYSTOLIC, "systolic-low");
        judge.above("diastolicAbove", Sign.DIASTOLIC, "diastolic-high");
        judge.below("spo2Below", Sign.SPO2, "spo2-low");
        judge.above("heartRateAbove", Sign.HEART_RATE, "heart-rate-high");
        judge.below("heartRateBelow", Sign.HEART_RATE, "heart-rate-low");
        judge.below("respiratoryRateBelow", Sign.RESPIRATORY_RATE, "respiratory-rate-low");
        judge.atMost("moaasAtMost", Sign.MOAAS, "sedation");
        if (baseline != null) {
            judge.rise("systolicAboveBaselineBy", Sign.SYSTOLIC, baseline.systolic(), "systolic-rise");
            judge.rise("diastolicAboveBaselineBy", Sign.DIASTOLIC, baseline.diastolic(), "diastolic-rise");
            judge.rise("heartRateAboveBaselineBy", Sign.HEART_RATE, baseline.heartRate(), "heart-rate-rise");
            judge.drop("spo2BelowBaselineBy", Sign.SPO2, baseline.spo2(), "spo2-drop");
        }
        return List.copyOf(judge.breaches);
    }

    /** The last values that {@link #breaches} finds well, of each sign that has any. */
    List<ChairLimits.SignLimits> edges(String route, Phase phase, TreatmentRecord.@Nullable Reading baseline) {
        Map<String, Integer> limits = rules.limits(route, phase);
        Integer moaas = limits.get("moaasAtMost");
        return Stream.of(
                        edge(Sign.SYSTOLIC, "systolic", limits, baseline == null ? null : baseline.systolic()),
                        edge(Sign.DIASTOLIC, "diastolic", limits, baseline == null ? null : baseline.diastolic()),
                        edge(Sign.SPO2, "spo2", limits, baseline == null ? null : baseline.spo2()),
                        edge(Sign.HEART_RATE, "heartRate", limits, baseline == null ? null : baseline.heartRate()),
                        edge(Sign.RESPIRATORY_RATE, "respiratoryRate", limits, null),
                        new ChairLimits.SignLimits(
                                Sign.MOAAS.field(), moaas == null ? null : moaas + 1, null, false, false))
                .filter(edge -> edge.lowest() != null || edge.highest() != null)
                .toList();
    }

    private static ChairLimits.SignLimits edge(
            Sign sign, String name, Map<String, Integer> limits, @Nullable Integer own) {
        Integer below = limits.get(name + "Below");
        Integer above = limits.get(name + "Above");
        Integer drop = limits.get(name + "BelowBaselineBy");
        Integer rise = limits.get(name + "AboveBaselineBy");
        Integer ownLowest = own == null || drop == null ? null : own - drop;
        Integer ownHighest = own == null || rise == null ? null : own + rise;
        boolean nearerBelow = ownLowest != null && (below == null || ownLowest > below);
        boolean nearerAbove = ownHighest != null && (above == null || ownHighest < above);
        return new ChairLimits.SignLimits(
                sign.field(),
                nearerBelow ? ownLowest : below,
                nearerAbove ? ownHighest : above,
                nearerBelow,
                nearerAbove);
    }

    /** Which sign an alarm of this kind is about; null when it is about none. */
    static @Nullable Sign signOf(String kind) {
        return switch (kind) {
            case "systolic-high", "systolic-low", "systolic-rise" -> Sign.SYSTOLIC;
            case "diastolic-high", "diastolic-rise" -> Sign.DIASTOLIC;
            case "spo2-low", "spo2-drop" -> Sign.SPO2;
            case "heart-rate-high", "heart-rate-low", "heart-rate-rise" -> Sign.HEART_RATE;
            case "respiratory-rate-low" -> Sign.RESPIRATORY_RATE;
            case "sedation" -> Sign.MOAAS;
            default -> null;
        };
    }

    /** A limit that the rules lack is not judged; a deviation says nothing new about a value that is beyond its limit. */
    private static final class Judge {
        private final Map<String, Integer> limits;
        private final Map<Sign, Integer> values;
        private final List<Breach> breaches = new ArrayList<>();

        Judge(Map<String, Integer> limits, Map<Sign, Integer> values) {
            this.limits = limits;
            this.values = values;
        }

        void above(String name, Sign sign, String kind) {
            Integer limit = limits.get(name);
            Integer value = values.get(sign);
            if (limit != null && value != null && value > limit) {
                breaches.add(new Breach(kind, sign, value, limit));
            }
        }

        void below(String name, Sign sign, String kind) {
            Integer limit = limits.get(name);
            Integer value = values.get(sign);
            if (limit != null && value != null && value < limit) {
                breaches.add(new Breach(kind, sign, value, limit));
            }
        }

        void atMost(String name, Sign sign, String kind) {
            Integer limit = limits.get(name);
            Integer value = values.get(sign);
            if (limit != null && value != null && value <= limit) {
                breaches.add(new Breach(kind, sign, value, limit + 1));
            }
        }

        void rise(String name, Sign sign, int baseline, String kind) {
            Integer by = limits.get(name);
            Integer value = values.get(sign);
            if (by != null && value != null && value - baseline > by && isFine(sign)) {
                breaches.add(new Breach(kind, sign, value, baseline + by));
            }
        }

        void drop(String name, Sign sign, int baseline, String kind) {
            Integer by = limits.get(name);
            Integer value = values.get(sign);
            if (by != null && value != null && baseline - value > by && isFine(sign)) {
                breaches.add(new Breach(kind, sign, value, baseline - by));
            }
        }

        private boolean isFine(Sign sign) {
            return breaches.stream().noneMatch(breach -> breach.sign() == sign);
        }
    }
}
