package clinicops.billing.fee;

import clinicops.billing.money.Usd;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the clinic asks for each code, and what the code means. Versioned data: see {@code billing/fee-schedules.json}.
 *
 * @param effectiveFrom first day of service that it applies to
 */
public record FeeSchedule(
        String id, String version, String source, String approver, LocalDate effectiveFrom, List<Fee> fees) {

    /**
     * @param unit what one unit is, for example {@code administration} or {@code mg}
     * @param cents price of one unit, in cents
     */
    public record Fee(String code, String description, String unit, long cents) {}

    public FeeSchedule {
        fees = List.copyOf(fees);
    }

    ChargeLine line(String code, int units, @Nullable String ndc, String why, String rules) {
        Fee fee = fees.stream()
                .filter(f -> f.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("fee schedule " + name() + " has no fee for " + code));
        return new ChargeLine(code, fee.description(), units, new Usd(fee.cents()), ndc, why, rules, name());
    }

    String name() {
        return id + " " + version;
    }
}
