package clinicops.billing.money;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * An amount as a request brings it. A fraction of a cent, a text or another currency is refused before it gets here.
 *
 * @param cents whole cents, 0 to 10 million dollars
 * @param currency USD
 */
public record Amount(
        @NotNull @Min(0) @Max(1_000_000_000L) Long cents,
        @NotNull @Pattern(regexp = "USD") String currency) {
    public Usd usd() {
        return new Usd(cents);
    }
}
