package clinicops.scheduling.session;

import clinicops.scheduling.protocol.Approved;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a patient owes who cancels late or does not come.
 *
 * @param lateWithinHours a patient who cancels nearer to the start than this cancels late
 * @param neverCosts reasons of a cancellation that cost nothing, however late
 */
record CancellationPolicy(
        String id,
        String version,
        String source,
        String approver,
        LocalDate effectiveFrom,
        int lateWithinHours,
        List<String> neverCosts,
        Charge lateCancellation,
        Charge noShow)
        implements Approved {

    /** @param notUnder payer classes whose patients are not charged */
    record Charge(long cents, List<String> notUnder) {}

    /**
     * What it costs, and why as much.
     *
     * @param kind {@code late-cancellation} or {@code no-show}
     * @param cents 0 when nothing is due
     * @param because {@code late}, {@code missed}, {@code in-time}, {@code reason} (one that never costs), {@code payer} (one under
     *     which nobody is charged), {@code payer-unknown} (it may be such a one), {@code patient-here}
     */
    record Cost(String kind, long cents, String because) {}

    /**
     * @param came the patient is in the clinic: who goes that far and then decides against the dose is never made to pay for it
     * @param payerClasses of all coverages of the patient; null while they are not known
     */
    Cost ofCancelling(
            Instant startsAt, String reason, boolean came, @Nullable Collection<String> payerClasses, Instant now) {
        String kind = "late-cancellation";
        if (neverCosts.contains(reason)) {
            return new Cost(kind, 0, "reason");
        }
        if (came) {
            return new Cost(kind, 0, "patient-here");
        }
        if (!now.isAfter(startsAt.minus(Duration.ofHours(lateWithinHours)))) {
            return new Cost(kind, 0, "in-time");
        }
        return charged(kind, lateCancellation, payerClasses, "late");
    }

    /** @param payerClasses of all coverages of the patient; null while they are not known */
    Cost ofMissing(@Nullable Collection<String> payerClasses) {
        return charged("no-show", noShow, payerClasses, "missed");
    }

    /** What may be forbidden is not charged. */
    private static Cost charged(String kind, Charge charge, @Nullable Collection<String> payerClasses, String because) {
        if (payerClasses == null) {
            return new Cost(kind, 0, "payer-unknown");
        }
        return Collections.disjoint(charge.notUnder(), payerClasses)
                ? new Cost(kind, charge.cents(), because)
                : new Cost(kind, 0, "payer");
    }
}
