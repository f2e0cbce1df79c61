package clinicops.billing.payer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import clinicops.chassis.RuleViolation;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PayerTest {

    @Test
    void isEnteredOnce() {
        Payer payer = PayerFixture.aetna(true);

        assertThatExceptionOfType(RuleViolation.class)
                .isThrownBy(() -> payer.enter("Aetna", PayerClass.COMMERCIAL, true))
                .extracting(RuleViolation::rule)
                .isEqualTo("payer-exists");
    }

    @Test
    void isATaskWhileCoveragesNameItAndNobodyEnteredIt() {
        Payer payer = Payer.unknown("ACME");
        payer.awaitedByCoverage();

        assertThat(payer.known()).isFalse();
        assertThat(payer.waitingCoverages()).isEqualTo(1);

        payer.enter("Acme Health", PayerClass.MEDICAID, false);
        assertThat(payer.waitingCoverages()).isZero();
    }

    @Test
    void requestsMayNameEveryClassAndNoOther() {
        assertThat(PayerClass.CODES)
                .isEqualTo(
                        Arrays.stream(PayerClass.values()).map(PayerClass::code).collect(Collectors.joining("|")));
    }
}
