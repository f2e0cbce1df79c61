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
            String drug,
            String route,
            boolean escortNamed,
            @Nullable Answers answers,
            @Nullable Reading vitals) {}

    /**
     * What the patient answers before a dose.
     *
     * @param solidsHours hours since the last solid food
     * @param liquidsHours hours since the last clear liquid
     * @param pregnancyTestPositive false also when no test applies
     * @param drugsChanged drugs changed since last time
     */
    public record Answers(
            BigDecimal solidsHours, BigDecimal liquidsHours, boolean pregnancyTestPositive, boolean drugsChanged) {}

    /** Vital signs that a dose depends on: mmHg, percent, per minute. */
    public record Reading(Instant takenAt, int systolic, int diastolic, int spo2, int heartRate) {
        /** What forbids a dose now. */
        List<String> hardHolds(Protocol.HardHold limits) {
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
