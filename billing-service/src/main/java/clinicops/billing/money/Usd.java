package clinicops.billing.money;

import clinicops.contracts.Money;
import java.util.Collection;

/**
 * US dollars in whole cents. All arithmetic is exact: an overflow is an error, a fraction cannot be written.
 *
 * @param cents negative when money goes the other way
 */
public record Usd(long cents) implements Comparable<Usd> {
    public static final Usd ZERO = new Usd(0);

    public static Usd of(Money money) {
        if (!"USD".equals(money.currency())) {
            throw new IllegalArgumentException("only USD is kept");
        }
        return new Usd(money.cents());
    }

    public static Usd sum(Collection<Usd> amounts) {
        return amounts.stream().reduce(ZERO, Usd::plus);
    }

    public Usd plus(Usd other) {
        return new Usd(Math.addExact(cents, other.cents));
    }

    public Usd minus(Usd other) {
        return new Usd(Math.subtractExact(cents, other.cents));
    }

    public Usd times(long count) {
        return new Usd(Math.multiplyExact(cents, count));
    }

    public Usd negated() {
        return new Usd(Math.negateExact(cents));
    }

    public boolean nothing() {
        return cents == 0;
    }

    public boolean positive() {
        return cents > 0;
    }

    /** As it travels in events and answers. */
    public Money money() {
        return Money.usd(cents);
    }

    @Override
    public int compareTo(Usd other) {
        return Long.compare(cents, other.cents);
    }

    /** For problems and reasons, for example {@code $12.05}. */
    @Override
    public String toString() {
        return (cents < 0 ? "-" : "") + "$" + Math.abs(cents / 100) + "." + "%02d".formatted(Math.abs(cents % 100));
    }
}
