package clinicops.scheduling.monitor;

import clinicops.scheduling.protocol.Approved;
import clinicops.scheduling.protocol.Protocol;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The content of vitals-limits.json: how often a patient is watched, and what sounds an alarm.
 *
 * @param alarm limits of every route and phase, unless {@code phases} says otherwise
 * @param phases per route and phase: other limits by their names in {@code alarm}, and deviations from the patient's own
 *     reading before the dose
 * @param plausible beyond it a value is a slip of the finger, or a device off the patient
 * @param overdueByMinutes so late a reading that is due sounds an alarm
 * @param spo2LowSeconds a device's low saturation counts after so long
 * @param clockToleranceMinutes a device's clock that is further off is corrected
 */
record MonitorRules(
        String id,
        String version,
        String source,
        String approver,
        LocalDate effectiveFrom,
        Protocol.HardHold preDoseHardHold,
        Protocol.SoftHold preDoseSoftHold,
        Map<String, Integer> alarm,
        Map<String, Map<Phase, Map<String, Integer>>> phases,
        Map<String, Monitoring> monitoring,
        int overdueByMinutes,
        int recheckAfterRescueMinutes,
        int spo2LowSeconds,
        Map<Sign, Range> plausible,
        int preDoseReadingMaxAgeMinutes,
        int clockToleranceMinutes)
        implements Approved {

    private static final Set<String> DEVIATIONS = Set.of(
            "systolicAboveBaselineBy", "diastolicAboveBaselineBy", "heartRateAboveBaselineBy", "spo2BelowBaselineBy");

    MonitorRules {
        if (!plausible.keySet().containsAll(Set.of(Sign.values()))) {
            throw new IllegalArgumentException("a sign has no plausible range");
        }
        if (!phases.keySet().equals(monitoring.keySet())) {
            throw new IllegalArgumentException("limits and monitoring name different routes");
        }
        for (var route : phases.values()) {
            for (Phase phase : Phase.values()) {
                for (String name :
                        route.getOrDefault(phase, Map.of("phase missing", 0)).keySet()) {
                    if (!alarm.containsKey(name) && !DEVIATIONS.contains(name)) {
                        throw new IllegalArgumentException("no such limit: " + name);
                    }
                }
            }
        }
    }

    /** Values that are believed. */
    record Range(int least, int most) {
        boolean has(int value) {
            return value >= least && value <= most;
        }
    }

    /**
     * How often a patient is watched.
     *
     * @param requires signs that make a reading
     * @param firstAfterMinutes first reading after the start of the dose
     * @param everyMinutes from one reading to the next
     * @param untilMinutesAfterDose no more readings are due from then on
     * @param untilThePatientLeaves whether they go on being due after that, as long as the patient is here
     */
    record Monitoring(
            List<Sign> requires,
            int firstAfterMinutes,
            int everyMinutes,
            int untilMinutesAfterDose,
            boolean untilThePatientLeaves) {
        /**
         * When the next reading is due.
         *
         * @param lastSetAt the last reading with every required sign; null when there is none
         * @return null when none is due: before the dose, and after the time of watching
         */
        @Nullable
        Instant nextDueAt(@Nullable Instant doseStartedAt, @Nullable Instant doseEndedAt, @Nullable Instant lastSetAt) {
            if (doseStartedAt == null) {
                return null;
            }
            Instant due = lastSetAt == null || lastSetAt.isBefore(doseStartedAt)
                    ? doseStartedAt.plus(Duration.ofMinutes(firstAfterMinutes))
                    : lastSetAt.plus(Duration.ofMinutes(everyMinutes));
            boolean over = !untilThePatientLeaves
                    && doseEndedAt != null
                    && due.isAfter(doseEndedAt.plus(Duration.ofMinutes(untilMinutesAfterDose)));
            return over ? null : due;
        }
    }

    /** Limits by name; a route that is not given in the clinic has those of every route. */
    Map<String, Integer> limits(String route, Phase phase) {
        Map<String, Integer> limits = new HashMap<>(alarm);
        limits.putAll(phases.getOrDefault(route, Map.of()).getOrDefault(phase, Map.of()));
        return limits;
    }

    Duration clockTolerance() {
        return Duration.ofMinutes(clockToleranceMinutes);
    }

    Duration overdueBy() {
        return Duration.ofMinutes(overdueByMinutes);
    }

    Duration spo2LowFor() {
        return Duration.ofSeconds(spo2LowSeconds);
    }
}
