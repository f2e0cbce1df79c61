package clinicops.scheduling.protocol;

import clinicops.chassis.RuleViolation;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every clinical number that scheduling goes by, as read from the versioned JSON under {@code scheduling/protocol}. Numbers
 * are data with a source and an approver, never constants in code.
 */
public record Protocol(
        SessionTimes times, VitalsLimits vitals, Fasting fasting, DischargeGate discharge, DoseRule dose, Vials vials) {

    /**
     * How long a session takes and how long somebody is waited for.
     *
     * @param recheckWindow how long a held patient may be checked again; then the session is cancelled without fee
     * @param rechecks how often
     * @param noShowAfter how long after its start a session without check-in counts as probably missed
     * @param noteSignedWithin from the draft; later the note is overdue
     */
    public record SessionTimes(
            ProtocolHeader header,
            Map<String, Phases> routes,
            Duration recheckWindow,
            int rechecks,
            Duration noShowAfter,
            Duration noteSignedWithin) {
        public SessionTimes {
            routes = Map.copyOf(routes);
        }

        /** @throws RuleViolation {@code route-needs-no-chair} for a route that is not given in the clinic */
        public Phases of(String route) {
            Phases phases = routes.get(route);
            if (phases == null) {
                throw new RuleViolation("route-needs-no-chair", "no session times are approved for this route");
            }
            return phases;
        }
    }

    /**
     * The parts of a chair block.
     *
     * @param needsPump whether the dose runs through an infusion pump
     */
    public record Phases(Duration setUp, Duration dose, Duration recovery, Duration turnover, boolean needsPump) {
        /** From the patient's arrival until the chair is free again. */
        public Duration chairBlock() {
            return setUp.plus(dose).plus(recovery).plus(turnover);
        }
    }

    /**
     * When vital signs stop a dose, or want weighing; what sounds an alarm is the monitor's.
     *
     * @param preDoseReadingMaxAge an older reading does not open the gate
     * @param clockTolerance a tablet's clock that is further off is corrected
     */
    public record VitalsLimits(
            ProtocolHeader header,
            HardHold hardHold,
            SoftHold softHold,
            Duration preDoseReadingMaxAge,
            Duration clockTolerance) {}

    /** No dose at or beyond these. Pressures in mmHg, saturation in percent, heart rate per minute. */
    public record HardHold(int systolicFrom, int diastolicFrom, int spo2Below, int heartRateAbove) {}

    /** A clinician weighs and the fact is recorded. mmHg. */
    public record SoftHold(int systolicAbove, int diastolicAbove) {}

    /** Least hours without food and drink, per route. */
    public record Fasting(ProtocolHeader header, Map<String, Hours> routes) {
        public Fasting {
            routes = Map.copyOf(routes);
        }

        public Hours of(String route) {
            Hours hours = routes.get(route);
            if (hours == null) {
                throw new RuleViolation("route-needs-no-chair", "no fasting rule is approved for this route");
            }
            return hours;
        }
    }

    /** Hours since the last solid food and the last clear liquid. */
    public record Hours(BigDecimal solids, BigDecimal liquids) {}

    /**
     * What has to be true before a patient may leave.
     *
     * @param afterDose least time since the end of the dose, per route
     * @param aldreteAtLeast modified Aldrete score, of 10
     * @param moaasAtLeast MOAA/S, 5 is fully awake
     * @param bloodPressureWithinMmHg of the reading before the dose
     * @param spo2AtLeast percent
     * @param heartRateAtLeast per minute
     * @param heartRateAtMost per minute
     * @param readingMaxAge an older reading does not let the patient go
     * @param withIvLine routes by which a line lies that has to be out
     * @param cadss6AboveBaselineAtMost so far above the patient's own CADSS-6 before the dose dissociation counts as over
     * @param escortCodeTries after so many wrong ones only the escort's ID counts
     */
    public record DischargeGate(
            ProtocolHeader header,
            Map<String, Duration> afterDose,
            int aldreteAtLeast,
            int moaasAtLeast,
            int bloodPressureWithinMmHg,
            int spo2AtLeast,
            int heartRateAtLeast,
            int heartRateAtMost,
            Duration readingMaxAge,
            Set<String> withIvLine,
            int cadss6AboveBaselineAtMost,
            int escortCodeTries) {
        public DischargeGate {
            withIvLine = Set.copyOf(withIvLine);
            afterDose = Map.copyOf(afterDose);
        }

        public Duration afterDose(String route) {
            Duration minimum = afterDose.get(route);
            if (minimum == null) {
                throw new RuleViolation("route-needs-no-chair", "no observation time is approved for this route");
            }
            return minimum;
        }
    }

    /**
     * How a dose is computed.
     *
     * @param defaultMgPerKg usual dose, mg per kg of measured weight
     * @param stepMgPerKg orders go in such steps
     * @param weightMaxAgeDays an older weight is measured again
     * @param weightDiffersPercent a weight that is farther off the last one is measured again before it counts
     * @param roundDownToMg the dose in mg is rounded down to this step, so that it never exceeds what was ordered
     * @param drawnWithinPercent how far the drawn amount may be off the dose
     * @param rateWithinPercent how far the pump's rate may be off the one that gives the dose in its time
     * @param capMg most that anybody gets by a route, whatever they weigh and whoever orders; a route without cap is not in it
     */
    public record DoseRule(
            ProtocolHeader header,
            BigDecimal defaultMgPerKg,
            BigDecimal stepMgPerKg,
            int weightMaxAgeDays,
            BigDecimal weightDiffersPercent,
            BigDecimal roundDownToMg,
            BigDecimal drawnWithinPercent,
            BigDecimal rateWithinPercent,
            Map<String, BigDecimal> capMg) {
        public DoseRule {
            capMg = Map.copyOf(capMg);
        }
    }

    /**
     * Concentrations that the clinic stocks.
     *
     * @param mgPerMl the only ones that may be scanned
     * @param ivAtMostMgPerMl a stronger vial is diluted before IV use
     * @param imAtMostMl most that goes into one muscle
     * @param devices routes whose dose comes in devices, not in vials
     */
    public record Vials(
            ProtocolHeader header,
            List<BigDecimal> mgPerMl,
            BigDecimal ivAtMostMgPerMl,
            BigDecimal imAtMostMl,
            Map<String, Device> devices) {
        public Vials {
            mgPerMl = List.copyOf(mgPerMl);
            devices = Map.copyOf(devices);
        }

        public Optional<Device> deviceOf(String route) {
            return Optional.ofNullable(devices.get(route));
        }
    }

    /**
     * @param mg of one device
     * @param gap least time from one device to the next
     */
    public record Device(BigDecimal mg, Duration gap) {}
}
