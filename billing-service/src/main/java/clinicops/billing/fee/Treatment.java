package clinicops.billing.fee;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a session's own timestamps say: the only basis of its charges. The pump's start and stop count, never the time in the
 * chair.
 *
 * @param route iv, im, nasal, oral
 * @param ndc National Drug Code of the vial; null when none was scanned
 * @param doseMg milligrams given
 * @param endedAt pump stop; null when no stop was recorded
 * @param pushes other drugs given by IV push
 */
public record Treatment(
        String drug,
        String route,
        @Nullable String ndc,
        BigDecimal doseMg,
        Instant startedAt,
        @Nullable Instant endedAt,
        Instant dischargedAt,
        List<Push> pushes) {

    /** Another drug given by IV push; {@code amountMg} in milligrams. */
    public record Push(String drug, BigDecimal amountMg, Instant givenAt) {}

    public Treatment {
        if (endedAt != null && endedAt.isBefore(startedAt)) {
            throw new IllegalArgumentException("the dose ends before it starts");
        }
        if (dischargedAt.isBefore(startedAt)) {
            throw new IllegalArgumentException("discharged before the dose started");
        }
        pushes = List.copyOf(pushes);
    }

    /** Whole minutes that the pump ran; null when no stop was recorded. */
    @Nullable
    Long minutes() {
        return endedAt == null ? null : Duration.between(startedAt, endedAt).toMinutes();
    }
}
