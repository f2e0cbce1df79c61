package clinicops.billing.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import clinicops.billing.claim.ClaimAnswer.Adjustment;
import clinicops.billing.claim.ClaimAnswer.Group;
import clinicops.billing.claim.ClaimAnswer.Outcome;
import clinicops.billing.money.Usd;
import clinicops.chassis.RuleViolation;
import clinicops.contracts.BillingEvent.ClaimAdjudicated;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class RemittanceProperties {
    private static final Instant NOW = Instant.parse("2026-03-10T15:00:00Z");
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 10);

    @Property
    void aRemittanceThatBalancesIsTakenAndAccountsForEveryCent(
            @ForAll @IntRange(max = 1_000_000) int paid, @ForAll("adjustments") List<Adjustment> adjustments) {
        var answer = new ClaimAnswer(Outcome.PAID, new Usd(paid), adjustments, "P-1", TODAY);
        Usd charged = new Usd(paid).plus(answer.adjusted());
        Assume.that(charged.positive());

        var event = (ClaimAdjudicated)
                ClaimTest.ofCharge(charged.cents()).answer(answer, TODAY, NOW).getFirst();

        long explained = event.paid().cents()
                + event.adjustments().stream()
                        .mapToLong(a -> a.amount().cents())
                        .sum();
        assertThat(explained).isEqualTo(charged.cents());
        assertThat(answer.takenOff().plus(answer.patientOwes()).plus(answer.paid()))
                .isEqualTo(charged);
        assertThat(event.patientOwes().cents())
                .isEqualTo(event.adjustments().stream()
                        .filter(a -> a.group().equals("PR"))
                        .mapToLong(a -> a.amount().cents())
                        .sum());
    }

    @Property
    void aRemittanceThatIsOffByAnythingIsRefused(
            @ForAll @IntRange(min = 1, max = 1_000_000) int charged,
            @ForAll @IntRange(max = 1_000_000) int paid,
            @ForAll("adjustments") List<Adjustment> adjustments) {
        var answer = new ClaimAnswer(Outcome.PAID, new Usd(paid), adjustments, "P-1", TODAY);
        Assume.that(paid + answer.adjusted().cents() != charged);

        assertThatExceptionOfType(RuleViolation.class)
                .isThrownBy(() -> ClaimTest.ofCharge(charged).answer(answer, TODAY, NOW))
                .extracting(RuleViolation::rule)
                .isEqualTo("remittance-balances");
    }

    @Provide
    Arbitrary<List<Adjustment>> adjustments() {
        return Combinators.combine(
                        Arbitraries.of(Group.class),
                        Arbitraries.of("1", "2", "3", "45", "50", "96"),
                        Arbitraries.integers().between(0, 500_000))
                .as((group, reason, cents) -> new Adjustment(group, reason, new Usd(cents)))
                .list()
                .ofMaxSize(5);
    }
}
