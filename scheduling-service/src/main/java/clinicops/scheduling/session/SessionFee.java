package clinicops.scheduling.session;

import clinicops.contracts.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a cancelled or missed session costs the patient. Due from the moment of the cancellation; somebody may waive it once, with a
 * reason.
 *
 * @param kind {@code late-cancellation} or {@code no-show}
 * @param policy by which, as {@code cancellation-policy@2026-12}
 * @param waiver null while the fee stands
 */
public record SessionFee(
        String id,
        String kind,
        Money amount,
        String policy,
        Instant dueAt,
        @Nullable FeeWaiver waiver) {

    /** Who does without it, and why. */
    public record FeeWaiver(String reason, String by, Instant at) {}

    SessionFee waived(FeeWaiver by) {
        return new SessionFee(id, kind, amount, policy, dueAt, by);
    }
}
