package clinicops.scheduling.readiness;

import clinicops.scheduling.protocol.Protocol;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What scheduling's own sessions say about a patient.
 *
 * @param doses every dose that was started, the session at hand excepted
 * @param openReview a serious adverse event waits for a prescriber's review
 * @param upcomingSessions sessions are booked or under way
 * @param today what is known for today's session; null when there is none
 */
public record TreatmentRecord(
        List<Dose> doses,
        boolean openReview,
        boolean upcomingSessions,
        @Nullable Today today) {

    public static final TreatmentRecord NONE = new TreatmentRecord(List.of(), false, false, null);

    /** One dose: the clinic's day, and what paid for it. */
    public record Dose(LocalDate day, PaymentSource paidBy) {}

    /**
     * The session at hand.
     *
     * @param answers null before the gate asked
     * @param vitals last reading since check-in; null when there is none
     */
    public record Today(
            String sessionId,
            String drug,
            String route,
            Escort escort,
            @Nullable Answers answers,
            @Nullable Reading vitals) {}

    /** Who takes the patient home, as far as a dose depends on it. */
    public enum Escort {
        MISSING,
        /** Named, but with no number that somebody could call. */
        UNREACHABLE,
        REACHABLE
    }

    /**
     * What the patient answers before a dose.
     *
     * @param solidsHours hours since the last solid food
     * @param liquidsHours hours since the last clear liquid
     * @param pregnancyTestPositive false also when no test applies
     * @param drugsChanged drugs changed since last time
     * @param decongestantHours hours since a nasal steroid or decongestant; null when none was used
     * @param pregnancyTested whether a test was made now; null for answers from before it was asked
     */
    public record Answers(
            BigDecimal solidsHours,
            BigDecimal liquidsHours,
            boolean pregnancyTestPositive,
            boolean drugsChanged,
            @Nullable BigDecimal decongestantHours,
            @Nullable Boolean pregnancyTested) {}

    /** Vital signs that a dose depends on: mmHg, percent, per minute. */
    public record Reading(Instant takenAt, int systolic, int diastolic, int spo2, int heartRate) {
        /** What forbids a dose now. */
        public List<String> hardHolds(Protocol.HardHold limits) {
            List<String> holds = new ArrayList<>();
            if (systolic >= limits.systolicFrom()) {
                holds.add("systolic >= " + limits.systolicFrom());
            }
            if (diastolic >= limits.diastolicFrom()) {
                holds.add("diastolic >= " + limits.diastolicFrom());
            }
            if (spo2 < limits.spo2Below()) {
                holds.add("SpO2 < " + limits.spo2Below() + " %");
            }
            if (heartRate > limits.heartRateAbove()) {
                holds.add("heart rate > " + limits.heartRateAbove());
            }
            return holds;
        }

        /** What a clinician has to weigh. */
        List<String> softHolds(Protocol.SoftHold limits) {
            List<String> holds = new ArrayList<>();
            if (systolic > limits.systolicAbove()) {
                holds.add("systolic > " + limits.systolicAbove());
            }
            if (diastolic > limits.diastolicAbove()) {
                holds.add("diastolic > " + limits.diastolicAbove());
            }
            return holds;
        }
    }

    /** Attended sessions use units up. */
    long usedOf(PaymentSource source) {
        return doses.stream().filter(dose -> dose.paidBy().equals(source)).count();
    }

    public Optional<LocalDate> lastDose() {
        return doses.stream().map(Dose::day).max(LocalDate::compareTo);
    }
}
