package clinicops.billing.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import clinicops.billing.payer.PayerFixture;
import clinicops.chassis.RuleViolation;
import clinicops.contracts.BillingEvent.BenefitsChecked;
import clinicops.contracts.BillingEvent.CoverageRecorded;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class CoverageTest {
    private static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

    private final Coverage coverage = Coverage.blank("coverage", "patient", 1);

    @Test
    void isOnFileAtOnceWhenThePayerIsKnown() {
        assertThat(coverage.report("AETNA", PayerFixture.aetna(true), "PPO", "W123", 1, NOW))
                .containsExactly(new CoverageRecorded("coverage", "patient", 1, "AETNA", "commercial", NOW));
        assertThat(coverage.status()).isEqualTo(Coverage.Status.ON_FILE);
        assertThat(coverage.authorizationRequired()).isTrue();
    }

    @Test
    void waitsForAnUnknownPayerToBeEntered() {
        assertThat(coverage.report("AETNA", null, "PPO", "W123", 1, NOW)).isEmpty();
        assertThat(coverage.status()).isEqualTo(Coverage.Status.UNKNOWN_PAYER);
        refusesCheck("payer-known", TODAY);

        assertThat(coverage.putOnFile(PayerFixture.aetna(false), NOW)).hasSize(1);
        assertThat(coverage.status()).isEqualTo(Coverage.Status.ON_FILE);
    }

    @Test
    void followsTheCheckedBenefitsRatherThanThePayersUsualRule() {
        coverage.report("AETNA", PayerFixture.aetna(true), "PPO", "W123", 1, NOW);

        assertThat(coverage.check(benefits(TODAY), TODAY, NOW))
                .containsExactly(new BenefitsChecked("coverage", "patient", true, false, TODAY, NOW));
        assertThat(coverage.authorizationRequired()).isFalse();
    }

    @Test
    void refusesACheckInTheFuture() {
        coverage.report("AETNA", PayerFixture.aetna(true), "PPO", "W123", 1, NOW);

        refusesCheck("checked-on-not-future", TODAY.plusDays(1));
    }

    @Test
    void asksForTheBenefitsAgainWhenTheMemberIdChanges() {
        coverage.report("AETNA", PayerFixture.aetna(true), "PPO", "W123", 1, NOW);
        coverage.check(benefits(TODAY), TODAY, NOW);

        coverage.report("AETNA", PayerFixture.aetna(true), "PPO", "W124", 2, NOW);

        assertThat(coverage.benefits()).isNull();
        assertThat(coverage.outdates(1)).isTrue();
    }

    private void refusesCheck(String rule, LocalDate checkedOn) {
        assertThatExceptionOfType(RuleViolation.class)
                .isThrownBy(() -> coverage.check(benefits(checkedOn), TODAY, NOW))
                .extracting(RuleViolation::rule)
                .isEqualTo(rule);
    }

    private static Coverage.Benefits benefits(LocalDate checkedOn) {
        return new Coverage.Benefits(true, null, null, 20, null, false, checkedOn);
    }
}
