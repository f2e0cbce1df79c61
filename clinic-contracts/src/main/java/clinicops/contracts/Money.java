package clinicops.contracts;

/**
 * An amount of money on the wire: integer cents of one currency, never a fraction.
 *
 * @param cents amount in hundredths of the currency's unit; negative for a refund or reversal
 * @param currency ISO 4217 code; only {@code USD} is accepted today
 */
public record Money(long cents, String currency) {
    public static Money usd(long cents) {
        return new Money(cents, "USD");
    }
}
