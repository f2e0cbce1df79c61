package clinicops.billing.claim;

import clinicops.billing.money.Usd;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an insurer decided of a claim, whoever brings it: typed by a biller, or sent by the insurer.
 *
 * @param paid what the insurer pays
 * @param adjustments what it does not pay, and why
 * @param payerClaimNumber the insurer's own number of the claim
 * @param decidedOn the day it decided
 */
public record ClaimAnswer(
        Outcome outcome, Usd paid, List<Adjustment> adjustments, String payerClaimNumber, LocalDate decidedOn) {

    /** Paid in whole, in part, or with nothing but the patient's share; or refused. */
    public enum Outcome {
        PAID,
        DENIED
    }

    /** Who bears an adjustment: contract, patient, other, payer's own reduction. */
    public enum Group {
        CO,
        PR,
        OA,
        PI
    }

    /** @param reason claim adjustment reason code (CARC) */
    public record Adjustment(Group group, String reason, Usd amount) {}

    public ClaimAnswer {
        adjustments = List.copyOf(adjustments);
    }

    /** Whether it says the same, in whatever order it names the adjustments. */
    boolean sameAs(@Nullable ClaimAnswer other) {
        return other != null
                && outcome == other.outcome
                && paid.equals(other.paid)
                && payerClaimNumber.equals(other.payerClaimNumber)
                && decidedOn.equals(other.decidedOn)
                && sorted(adjustments).equals(sorted(other.adjustments));
    }

    private static List<Adjustment> sorted(List<Adjustment> adjustments) {
        return adjustments.stream()
                .sorted(Comparator.comparing(Adjustment::group)
                        .thenComparing(Adjustment::reason)
                        .thenComparing(Adjustment::amount))
                .toList();
    }

    Usd adjusted() {
        return Usd.sum(adjustments.stream().map(Adjustment::amount).toList());
    }

    /** The patient's share: group PR. */
    Usd patientOwes() {
        return Usd.sum(adjustments.stream()
                .filter(a -> a.group() == Group.PR)
                .map(Adjustment::amount)
                .toList());
    }

    /** What nobody owes: the groups CO, OA and PI. */
    Usd takenOff() {
        return adjusted().minus(patientOwes());
    }

    List<String> reasons() {
        return adjustments.stream().map(Adjustment::reason).distinct().toList();
    }
}
