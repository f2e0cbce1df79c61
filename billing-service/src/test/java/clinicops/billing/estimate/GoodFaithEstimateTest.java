package clinicops.billing.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import clinicops.billing.fee.ChargeBook;
import clinicops.billing.money.Usd;
import clinicops.chassis.RuleViolation;
import clinicops.contracts.BillingEvent.EstimateIssued;
import clinicops.contracts.BillingEvent.SelfPayAgreed;
import clinicops.contracts.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GoodFaithEstimateTest {
    private static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");
    /** A Monday. */
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

    private static final EstimateRules RULES = EstimateRules.read();

    @Test
    void costsEverySessionOfTheCourse() {
        GoodFaithEstimate estimate = estimate(6, null);

        assertThat(estimate.perSession()).isEqualTo(new Usd(45_000));
        assertThat(estimate.issued())
                .containsExactly(new EstimateIssued("estimate", "patient", 6, Money.usd(270_000), NOW));
    }

    @Test
    void isDueInThreeBusinessDaysOnRequestAndInOneWhenTheVisitIsNear() {
        assertThat(estimate(6, null).dueOn()).isEqualTo(LocalDate.of(2026, 3, 5));
        assertThat(estimate(6, TODAY.plusDays(5)).dueOn()).isEqualTo(LocalDate.of(2026, 3, 3));
        assertThat(estimate(6, LocalDate.of(2026, 3, 13)).dueOn()).isEqualTo(LocalDate.of(2026, 3, 3));
        assertThat(estimate(6, LocalDate.of(2026, 3, 16)).dueOn()).isEqualTo(LocalDate.of(2026, 3, 5));
    }

    @Test
    void skipsTheWeekend() {
        assertThat(EstimateRules.plusBusinessDays(LocalDate.of(2026, 3, 6), 1)).isEqualTo(LocalDate.of(2026, 3, 9));
        assertThat(EstimateRules.plusBusinessDays(LocalDate.of(2026, 3, 7), 1)).isEqualTo(LocalDate.of(2026, 3, 9));
    }

    @Test
    void isAgreedToOnceAndWhileItIsValid() {
        GoodFaithEstimate estimate = estimate(2, null);

        assertThat(estimate.agree("Ana Diaz", TODAY, NOW))
                .containsExactly(new SelfPayAgreed("estimate", "patient", 2, Money.usd(90_000), NOW));
        refuses("already-agreed", estimate, TODAY);
        refuses("estimate-valid", estimate(2, null), TODAY.plusMonths(12).plusDays(1));
    }

    @Test
    void coversAsManySessionsAsWereAgreed() {
        GoodFaithEstimate estimate = estimate(2, null);
        assertThat(estimate.covers(TODAY)).isFalse();
        estimate.agree("Ana Diaz", TODAY, NOW);

        estimate.charge("s1", new Usd(45_000));
        assertThat(estimate.covers(TODAY)).isTrue();
        estimate.charge("s2", new Usd(45_000));

        assertThat(estimate.covers(TODAY)).isFalse();
    }

    @Test
    void showsWhatWasChargedBeyondIt() {
        GoodFaithEstimate estimate = estimate(2, null);
        estimate.agree("Ana Diaz", TODAY, NOW);

        estimate.charge("s1", new Usd(53_900));

        assertThat(estimate.variance()).isEqualTo(new Usd(8_900));
    }

    @Test
    void refusesAVisitInThePast() {
        assertThatExceptionOfType(RuleViolation.class)
                .isThrownBy(() -> estimate(2, TODAY.minusDays(1)))
                .extracting(RuleViolation::rule)
                .isEqualTo("visit-not-past");
    }

    @Test
    void refusesWhatNoChargeRuleKnows() {
        assertThatExceptionOfType(RuleViolation.class)
                .isThrownBy(() -> GoodFaithEstimate.issue("estimate", "patient", 2, List.of(), RULES, TODAY, null, NOW))
                .extracting(RuleViolation::rule)
                .isEqualTo("charge-rule-known");
    }

    private static void refuses(String rule, GoodFaithEstimate estimate, LocalDate today) {
        assertThatExceptionOfType(RuleViolation.class)
                .isThrownBy(() -> estimate.agree("Ana Diaz", today, NOW))
                .extracting(RuleViolation::rule)
                .isEqualTo(rule);
    }

    private static GoodFaithEstimate estimate(int sessions, @Nullable LocalDate visitOn) {
        return GoodFaithEstimate.issue(
                "estimate",
                "patient",
                sessions,
                new ChargeBook().expected("ketamine", "iv", TODAY),
                RULES,
                TODAY,
                visitOn,
                NOW);
    }
}
