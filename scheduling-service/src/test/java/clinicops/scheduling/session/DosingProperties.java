package clinicops.scheduling.session;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.RuleViolation;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever is typed at the order, the syringe and the pump: nobody gets more than was ordered, or than the route's most. */
class DosingProperties {
    private static final BigDecimal CAP = SessionAtHand.PROTOCOL.dose().capMg().get("iv");

    @Provide
    Arbitrary<BigDecimal> weights() {
        return Arbitraries.bigDecimals()
                .between(new BigDecimal("30"), new BigDecimal("300"))
                .ofScale(2);
    }

    @Provide
    Arbitrary<BigDecimal> numbers() {
        return Arbitraries.oneOf(
                Arbitraries.bigDecimals()
                        .between(BigDecimal.ZERO, new BigDecimal("500"))
                        .ofScale(3),
                Arbitraries.of("0", "1e-9", "-1", "1e9", "0.1", "1e30").map(BigDecimal::new));
    }

    @Property
    void noOrderIsAboveItsRangeOrTheRoutesMost(
            @ForAll("weights") BigDecimal kg,
            @ForAll @IntRange(max = 20) int low,
            @ForAll @IntRange(max = 20) int high) {
        var hand = SessionAtHand.by("iv").ready();
        try {
            hand.order(tenths(low), tenths(high), kg.toPlainString());
        } catch (RuleViolation refused) {
            assertThat(refused.rule()).startsWith("dose-");
            return;
        }
        Dosing.DoseOrder order = hand.session.order();
        assertThat(order).isNotNull();
        assertThat(order.doseMg())
                .isLessThanOrEqualTo(order.doseMgPerKg().multiply(kg))
                .isLessThanOrEqualTo(CAP);
        assertThat(order.mostMg()).isLessThanOrEqualTo(CAP).isGreaterThanOrEqualTo(order.doseMg());
    }

    private static String tenths(int tenths) {
        return BigDecimal.valueOf(tenths, 1).toPlainString();
    }

    @Property
    void noPumpIsSetToMoreThanTheDoseOrToAnotherTime(
            @ForAll("numbers") BigDecimal volume, @ForAll("numbers") BigDecimal rate) {
        var hand = SessionAtHand.by("iv").ready();
        hand.order("0.5", "0.8", "80");
        hand.draw("10", "6.4");
        try {
            hand.session.setPump(volume, rate, SessionAtHand.PROTOCOL, "nora", hand.now);
        } catch (RuleViolation refused) {
            assertThat(refused.rule()).isIn("pump-volume", "pump-rate");
            return;
        }
        // 40 mg at 10 mg/mL over 40 min, within 5 and 10 %
        assertThat(volume).isBetween(new BigDecimal("3.8"), new BigDecimal("4.2"));
        assertThat(rate).isBetween(new BigDecimal("5.4"), new BigDecimal("6.6"));
    }

    @Property
    void noDrawIsOutsideTheOrderedRange(@ForAll("numbers") BigDecimal volume) {
        var hand = SessionAtHand.by("iv").ready();
        hand.order("0.5", "0.8", "80");
        try {
            hand.draw("10", volume.toPlainString());
        } catch (RuleViolation refused) {
            assertThat(refused.rule()).isEqualTo("drawn-volume");
            return;
        }
        assertThat(volume).isBetween(new BigDecimal("3.8"), new BigDecimal("6.72"));
    }

    /** However often the dose is titrated and whenever it ends, no more goes in than the order allows and the syringe had. */
    @Property
    void titratingNeverGivesMoreThanTheOrder(
            @ForAll List<@IntRange(min = 5, max = 8) Integer> tenthsMgPerKg, @ForAll @IntRange(max = 60) int minutes) {
        var hand = SessionAtHand.by("iv").dosing();
        List<Integer> some = new ArrayList<>(tenthsMgPerKg.subList(0, Math.min(4, tenthsMgPerKg.size())));
        for (int tenths : some) {
            hand.wait(minutes / 5);
            hand.titrate(tenths(tenths));
            BigDecimal mg = hand.session.doseMg();
            var pump = Dosing.suggestedPump(mg, BigDecimal.TEN, Duration.ofMinutes(40));
            hand.session.setPump(pump.volumeMl(), pump.rateMlPerH(), SessionAtHand.PROTOCOL, "nora", hand.now);
            hand.check();
        }
        hand.wait(minutes);
        hand.session.stop("equipment", hand.entry());
        assertThat(hand.completed().doseMg()).isBetween(BigDecimal.ZERO, new BigDecimal("64"));
    }
}
