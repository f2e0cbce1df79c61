package clinicops.scheduling.session;

import static clinicops.scheduling.session.SessionAtHand.FEES;
import static clinicops.scheduling.session.SessionAtHand.START;
import static clinicops.scheduling.session.SessionAtHand.refused;
import static org.assertj.core.api.Assertions.assertThat;

import clinicops.contracts.Money;
import clinicops.contracts.SchedulingEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What it costs a patient not to come. */
class CancellationPolicyTest {
    private static final Instant DAY_BEFORE = START.minus(Duration.ofHours(24));

    private final SessionAtHand hand = SessionAtHand.by("iv");
    private final TreatmentSession session = hand.session;

    private List<SchedulingEvent> cancel(String reason, Instant when, String... payerClasses) {
        return session.cancel(reason, FEES, List.of(payerClasses), when);
    }

    private SchedulingEvent.SessionFeeDue fee(List<SchedulingEvent> events) {
        return (SchedulingEvent.SessionFeeDue) events.getLast();
    }

    @Test
    void whoCancelsADayBeforePaysNothing() {
        assertThat(cancel("patient", DAY_BEFORE)).singleElement().isInstanceOf(SchedulingEvent.SessionCancelled.class);
        assertThat(session.fee()).isNull();
    }

    @Test
    void whoCancelsLaterPaysTheLateFee() {
        var due = fee(cancel("patient", DAY_BEFORE.plusMillis(1)));

        assertThat(due.kind()).isEqualTo("late-cancellation");
        assertThat(due.amount()).isEqualTo(Money.usd(7500));
        assertThat(due.policy()).isEqualTo("cancellation-policy@2026-12");
        assertThat(session.fee()).isNotNull().satisfies(fee -> {
            assertThat(fee.id()).isEqualTo(due.feeId());
            assertThat(fee.waiver()).isNull();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"clinic", "safety"})
    void whatThePatientCannotHelpNeverCosts(String reason) {
        assertThat(cancel(reason, START)).hasSize(1);
    }

    @Test
    void aWithdrawnConsentNeverCosts() {
        assertThat(session.withdrawConsent(START)).hasSize(1);
        assertThat(session.fee()).isNull();
    }

    @Test
    void whoCameAndDecidesAgainstTheDoseIsNotMadeToPayForIt() {
        session.checkIn(SessionAtHand.TODAY, SessionAtHand.TODAY, START);

        assertThat(cancel("patient", START)).hasSize(1);
    }

    @Test
    void whoDoesNotComePaysTheNoShowFee() {
        var due = fee(session.miss(FEES, List.of("commercial"), START));

        assertThat(due.kind()).isEqualTo("no-show");
        assertThat(due.amount()).isEqualTo(Money.usd(15000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"medicaid", "workers-compensation"})
    void underMedicaidAndWorkersCompensationNobodyIsCharged(String payerClass) {
        // whichever coverage is the first
        assertThat(cancel("patient", START, "commercial", payerClass)).hasSize(1);
        assertThat(SessionAtHand.by("iv").session.miss(FEES, List.of(payerClass), START))
                .hasSize(1);
    }

    @Test
    void asLongAsNobodyKnowsWhoInsuresThePatientNobodyIsCharged() {
        assertThat(FEES.ofMissing(null)).isEqualTo(new CancellationPolicy.Cost("no-show", 0, "payer-unknown"));
        assertThat(session.cancel("patient", FEES, null, START)).hasSize(1);
        assertThat(session.fee()).isNull();
    }

    @Test
    void aFeeIsWaivedOnceAndWithItsReason() {
        refused("no-fee", () -> session.waiveFee("snow", "frank", START));
        var due = fee(cancel("patient", START));

        assertThat(session.waiveFee("the road was closed", "frank", START))
                .containsExactly(new SchedulingEvent.SessionFeeWaived(due.feeId(), "ses", "pat", START));

        assertThat(session.fee())
                .isNotNull()
                .extracting(SessionFee::waiver)
                .isEqualTo(new SessionFee.FeeWaiver("the road was closed", "frank", START));
        refused("fee-waived", () -> session.waiveFee("again", "frank", START));
    }
}
