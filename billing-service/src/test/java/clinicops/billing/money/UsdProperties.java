package clinicops.billing.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class UsdProperties {

    @Property
    void isNeverAFractionOfACent(
            @ForAll @IntRange(max = 1_000_000_000) int a,
            @ForAll @IntRange(max = 1_000_000_000) int b,
            @ForAll @IntRange(min = 1, max = 100) int times) {
        var exact = BigDecimal.valueOf(a, 2).multiply(BigDecimal.valueOf(times)).subtract(BigDecimal.valueOf(b, 2));

        Usd sum = new Usd(a).times(times).minus(new Usd(b));

        assertThat(BigDecimal.valueOf(sum.cents(), 2)).isEqualByComparingTo(exact);
        assertThat(new BigDecimal(sum.toString().replace("$", ""))).isEqualByComparingTo(exact);
    }

    @Example
    void overflowIsAnErrorAndNotAWrongAmount() {
        assertThatThrownBy(() -> new Usd(Long.MAX_VALUE).plus(new Usd(1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Usd(Long.MAX_VALUE).times(2)).isInstanceOf(ArithmeticException.class);
    }
}
