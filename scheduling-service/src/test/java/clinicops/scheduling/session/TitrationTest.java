package clinicops.scheduling.session;

import static clinicops.scheduling.session.SessionAtHand.of;
import static clinicops.scheduling.session.SessionAtHand.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.function.BiFunction;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** An order is a range; titrating inside it is no new order, and each setting of the pump is checked by a second person. */
class TitrationTest {
    private final SessionAtHand hand = SessionAtHand.by("iv");

    @Test
    void anOrderIsARangeThatEndsInsideThePlan() {
        hand.ready();
        refused("dose-above-cap", () -> hand.order("0.5", "1.1", "80"));
        refused("dose-range", () -> hand.order("0.6", "0.5", "80"));
        refused("dose-step", () -> hand.order("0.5", "0.85", "80"));
        hand.order("0.5", "0.8", "80");
        assertThat(hand.session.order()).isNotNull().satisfies(order -> {
            assertThat(order.doseMg()).isEqualByComparingTo("40");
            assertThat(order.highMg()).isEqualByComparingTo("64");
        });
    }

    @Test
    void nobodyGetsMoreThanTheRoutesMostWhateverTheyWeigh() {
        hand.ready();
        refused("dose-above-cap", () -> hand.order("0.8", null, "160"));
        hand.order("0.5", "1.0", "160");
        assertThat(hand.session.order()).isNotNull().satisfies(order -> assertThat(order.highMg())
                .isEqualByComparingTo("120"));
        refused("dose-above-order", () -> hand.titrate("0.8"));
        hand.titrate("0.7");
    }

    @Test
    void titratingStaysInsideTheOrder() {
        hand.ready();
        refused("order-missing", () -> hand.titrate("0.5"));
        hand.order("0.6", "0.8", "80");
        refused("dose-above-order", () -> hand.titrate("0.9"));
        refused("dose-below-range", () -> hand.titrate("0.4"));
        refused("dose-step", () -> hand.titrate("0.65"));
        hand.titrate("0.8");
        assertThat(hand.session.doseMg()).isEqualByComparingTo("64");
        assertThat(hand.session.order()).isNotNull().satisfies(order -> assertThat(order.doseMg())
                .isEqualByComparingTo("48"));
    }

    @Test
    void notMoreIsTitratedThanIsInTheSyringe() {
        hand.ready();
        hand.order("0.5", "0.8", "80");
        refused("drawn-volume", () -> hand.draw("10", "6.8"));
        hand.draw("10", "5");
        refused("dose-above-drawn", () -> hand.titrate("0.8"));
        hand.titrate("0.6");
    }

    @Test
    void theDoseDoesNotStartOnAPumpThatNobodyElseChecked() {
        hand.ready();
        hand.order("0.5", "0.8", "80");
        refused("draw-missing", () -> hand.pump("4", "6"));
        hand.draw("10", "6.4");
        hand.check();
        refused("pump-setting-missing", () -> hand.start(SessionAtHand.CLEAR));
        hand.pump("4", "6");
        refused("second-check-missing", () -> hand.start(SessionAtHand.CLEAR));
        refused("second-person", () -> hand.session.check("nora", hand.now));
        hand.check();
        refused("nothing-to-check", hand::check);
        hand.start(SessionAtHand.CLEAR);
    }

    @Test
    void aPumpThatIsTenTimesTooFastOrGivesAnotherDoseIsRefused() {
        hand.ready();
        hand.order("0.5", "0.8", "80");
        hand.draw("10", "6.4");
        refused("pump-rate", () -> hand.pump("4", "60"));
        refused("pump-rate", () -> hand.pump("4", "0.6"));
        refused("pump-volume", () -> hand.pump("6.4", "6"));
        hand.pump("4", "6.5");
    }

    @Test
    void titratingARunningDoseWaitsForTheSecondCheckOfThePump() {
        hand.dosing().wait(20);
        hand.titrate("0.8");
        hand.pump("6.4", "9.6");
        refused("second-check-missing", () -> hand.titrate("0.7"));
        refused("second-person", () -> hand.session.check("nora", hand.now));
        hand.check();
        hand.wait(20);
        hand.session.finishDose(SessionAtHand.PROTOCOL, hand.now);

        // 20 min at 6 mL/h and 20 min at 9.6 mL/h of 10 mg/mL
        assertThat(hand.completed().doseMg()).isEqualByComparingTo("52");
    }

    @Test
    void aTitrationThatNobodyCheckedChangesNothingThatWasGiven() {
        hand.dosing().wait(20);
        hand.titrate("0.8");
        hand.pump("6.4", "9.6");
        hand.wait(20);
        hand.session.stop("equipment", hand.entry());
        assertThat(hand.completed().doseMg()).isEqualByComparingTo(of("40"));
        assertThat(Duration.between(hand.session.doseStartedAt(), hand.session.doseEndedAt()))
                .isEqualTo(Duration.ofMinutes(40));
    }

    @Test
    void anInjectionIsDrawnExactlyGoesInWholeAndHasASite() {
        var im = SessionAtHand.by("im").ready();
        im.order("0.5", "0.8", "80");
        refused("drawn-volume", () -> im.draw("50", "1.2"));
        refused("injection-volume", () -> {
            im.order("1.0", null, "80");
            im.draw("10", "8");
        });
        im.order("0.5", null, "80");
        im.draw("50", "0.8");
        refused("not-for-this-route", () -> im.pump("0.8", "1.2"));
        refused("not-for-this-route", () -> im.titrate("0.5"));
        im.check();
        refused(
                "injection-site-missing",
                () -> im.session.startDose(
                        SessionAtHand.CLEAR, im.plan(), im.vitals(120), null, SessionAtHand.PROTOCOL, "nora", im.now));
        im.start(SessionAtHand.CLEAR);
        im.wait(5);
        im.session.stop("adverse-event", im.entry());
        assertThat(im.completed().doseMg()).isEqualByComparingTo("40");
    }

    @Test
    void aPlanThatIsRevisedDownAfterTheOrderAsksForANewOne() {
        hand.prepared();
        refused("order-outdated", () -> hand.start(SessionAtHand.CLEAR, hand.plan("0.6")));
        hand.order("0.5", "0.6", "80");
        hand.draw("10", "4.8");
        hand.pump("4", "6");
        hand.check();
        assertThat(hand.start(SessionAtHand.CLEAR, hand.plan("0.6"))).hasSize(1);
    }

    @Test
    void aPlanThatIsRevisedWhileTheDoseRunsLimitsTheNextTitration() {
        hand.dosing();
        BiFunction<String, String, ThrowingCallable> titrate = (mgPerKg, most) -> () -> hand.session.titrate(
                new BigDecimal(mgPerKg), hand.plan(most), SessionAtHand.PROTOCOL, "nora", hand.now);
        refused("order-outdated", titrate.apply("0.8", "0.7"));
        assertThatCode(titrate.apply("0.7", "0.7")).doesNotThrowAnyException();
    }

    @Test
    void anotherFixedDoseThanWasOrderedIsNotGiven() {
        SessionAtHand nasal = SessionAtHand.by("nasal").prepared();
        refused("order-outdated", () -> nasal.start(SessionAtHand.CLEAR, nasal.plan("84")));
        assertThat(nasal.start(SessionAtHand.CLEAR, nasal.plan("56"))).hasSize(1);
    }
}
