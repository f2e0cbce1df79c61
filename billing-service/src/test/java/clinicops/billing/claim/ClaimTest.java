package clinicops.billing.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import clinicops.billing.claim.ClaimAnswer.Adjustment;
import clinicops.billing.claim.ClaimAnswer.Group;
import clinicops.billing.claim.ClaimAnswer.Outcome;
import clinicops.billing.fee.ChargeLine;
import clinicops.billing.money.Usd;
import clinicops.chassis.RuleViolation;
import clinicops.contracts.BillingEvent;
import clinicops.contracts.BillingEvent.ClaimAdjudicated;
import clinicops.contracts.BillingEvent.ClaimDenied;
import clinicops.contracts.BillingEvent.ClaimSubmitted;
import clinicops.contracts.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClaimTest {
    private static final Instant NOW = Instant.parse("2026-03-10T15:00:00Z");
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 10);

    private final Claim claim = ofCharge(45_000);

    @Test
    void tellsWhatWasClaimed() {
        assertThat(claim.submitted())
                .containsExactly(new ClaimSubmitted("claim", "patient", "session", "AETNA", Money.usd(45_000), NOW));
    }

    @Test
    void isPaidWhenTheAnswerMakesTheChargeToTheCent() {
        List<BillingEvent> events = claim.answer(
                paid(30_000, adjustment(Group.CO, "45", 11_000), adjustment(Group.PR, "2", 4_000)), TODAY, NOW);

        assertThat(events)
                .containsExactly(new ClaimAdjudicated(
                        "claim",
                        "patient",
                        Money.usd(45_000),
                        Money.usd(30_000),
                        Money.usd(4_000),
                        List.of(
                                new BillingEvent.Adjustment("CO", "45", Money.usd(11_000)),
                                new BillingEvent.Adjustment("PR", "2", Money.usd(4_000))),
                        NOW));
        assertThat(claim.status()).isEqualTo(Claim.Status.PAID);
    }

    @Test
    void refusesAnAnswerThatIsACentOff() {
        refuses("remittance-balances", paid(30_000, adjustment(Group.CO, "45", 14_999)));
        refuses("remittance-balances", paid(45_001));
    }

    @Test
    void isDeniedWithTheReasonsAndWithoutAnyMoney() {
        List<BillingEvent> events =
                claim.answer(denied(adjustment(Group.CO, "50", 40_000), adjustment(Group.PR, "96", 5_000)), TODAY, NOW);

        assertThat(events)
                .containsExactly(new ClaimDenied("claim", "patient", Money.usd(45_000), List.of("50", "96"), NOW));
        assertThat(claim.status()).isEqualTo(Claim.Status.DENIED);
    }

    @Test
    void refusesADenialThatPays() {
        refuses(
                "denied-pays-nothing",
                new ClaimAnswer(Outcome.DENIED, new Usd(45_000), List.of(adjustment(Group.CO, "50", 0)), "P-1", TODAY));
    }

    @Test
    void refusesADecisionBeforeTheSessionOrAfterToday() {
        refuses(
                "decided-on-in-time",
                new ClaimAnswer(Outcome.PAID, new Usd(45_000), List.of(), "P-1", TODAY.plusDays(1)));
        refuses(
                "decided-on-in-time",
                new ClaimAnswer(Outcome.PAID, new Usd(45_000), List.of(), "P-1", LocalDate.of(2026, 3, 1)));
    }

    @Test
    void isAnsweredOnce() {
        claim.answer(paid(45_000), TODAY, NOW);

        assertThatExceptionOfType(RuleViolation.class)
                .isThrownBy(() -> claim.answer(paid(45_000), TODAY, NOW))
                .extracting(RuleViolation::rule)
                .isEqualTo("already-answered");
    }

    @Test
    void isGivenUpOnlyWhenDenied() {
        assertThatExceptionOfType(RuleViolation.class)
                .isThrownBy(() -> claim.writeOff("too small to appeal"))
                .extracting(RuleViolation::rule)
                .isEqualTo("denied-claims-only");

        claim.answer(denied(adjustment(Group.CO, "50", 45_000)), TODAY, NOW);
        claim.writeOff("too small to appeal");

        assertThat(claim.status()).isEqualTo(Claim.Status.WRITTEN_OFF);
        assertThat(claim.writeOffReason()).isEqualTo("too small to appeal");
    }

    private void refuses(String rule, ClaimAnswer answer) {
        assertThatExceptionOfType(RuleViolation.class)
                .isThrownBy(() -> claim.answer(answer, TODAY, NOW))
                .extracting(RuleViolation::rule)
                .isEqualTo(rule);
        assertThat(claim.status()).isEqualTo(Claim.Status.SUBMITTED);
    }

    static Claim ofCharge(long cents) {
        var line = new ChargeLine("96365", "IV infusion", 1, new Usd(cents), null, "40 min", "rules 1", "fees 1");
        return new Claim(
                "claim",
                0,
                "patient",
                "session",
                "coverage",
                "AETNA",
                "W123",
                null,
                "F33.2",
                LocalDate.of(2026, 3, 2),
                List.of(line),
                NOW,
                Claim.Status.SUBMITTED,
                null,
                null);
    }

    private static ClaimAnswer paid(long cents, Adjustment... adjustments) {
        return new ClaimAnswer(Outcome.PAID, new Usd(cents), List.of(adjustments), "P-1", TODAY);
    }

    private static ClaimAnswer denied(Adjustment... adjustments) {
        return new ClaimAnswer(Outcome.DENIED, Usd.ZERO, List.of(adjustments), "P-1", TODAY);
    }

    private static Adjustment adjustment(Group group, String reason, long cents) {
        return new Adjustment(group, reason, new Usd(cents));
    }
}
