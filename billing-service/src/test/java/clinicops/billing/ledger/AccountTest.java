package clinicops.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import clinicops.billing.ledger.LedgerTransaction.Entry;
import clinicops.billing.ledger.LedgerTransaction.Kind;
import clinicops.billing.money.Usd;
import clinicops.chassis.RuleViolation;
import clinicops.contracts.BillingEvent;
import clinicops.contracts.BillingEvent.BalanceChanged;
import clinicops.contracts.BillingEvent.PaymentReceived;
import clinicops.contracts.BillingEvent.StatementIssued;
import clinicops.contracts.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountTest {
    private static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");

    private final Account account = Account.open("patient");

    @Test
    void owesNothingWhileASessionIsUndecided() {
        account.await("session");

        assertThat(account.changes("session-completed", NOW))
                .containsExactly(new BalanceChanged("patient", Money.usd(0), 1, "session-completed", NOW));
        assertThat(account.balance()).isEqualTo(Usd.ZERO);
    }

    @Test
    void owesOnlyWhatTheInsurerSays() {
        account.await("session");
        account.chargeInsurance("claim", usd(45_000), NOW);
        account.adjudicate("claim", "session", usd(45_000), usd(30_000), usd(11_000), usd(4_000), NOW);

        assertThat(account.changes("claim-paid", NOW))
                .containsExactly(new BalanceChanged("patient", Money.usd(4_000), 0, "claim-paid", NOW));
        assertThat(account.total(LedgerAccount.INSURANCE_RECEIVABLE)).isEqualTo(Usd.ZERO);
        assertThat(account.total(LedgerAccount.CASH)).isEqualTo(usd(30_000));
        assertThat(account.total(LedgerAccount.CONTRACTUAL_ADJUSTMENTS)).isEqualTo(usd(11_000));
    }

    @Test
    void postsNoRemittanceThatDoesNotBalance() {
        account.await("session");
        account.chargeInsurance("claim", usd(45_000), NOW);

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        account.adjudicate("claim", "session", usd(45_000), usd(30_000), usd(11_000), usd(3_999), NOW));
    }

    @Test
    void tellsAPaymentWithTheBalanceAfterIt() {
        owes(45_000);

        List<BillingEvent> events = account.pay("payment", usd(20_000), "card", NOW);

        assertThat(events)
                .containsExactly(
                        new PaymentReceived("payment", "patient", Money.usd(20_000), "card", Money.usd(25_000), NOW));
        assertThat(account.changes("payment", NOW))
                .containsExactly(new BalanceChanged("patient", Money.usd(25_000), 0, "payment", NOW));
    }

    @Test
    void keepsAnOverpaymentAsACreditThatTheNextChargeUsesUp() {
        owes(10_000);
        account.pay("payment", usd(15_000), "cash", NOW);
        assertThat(account.balance()).isEqualTo(usd(-5_000));
        assertThat(account.total(LedgerAccount.UNAPPLIED_CREDITS)).isEqualTo(usd(-5_000));

        owes(8_000);

        assertThat(account.balance()).isEqualTo(usd(3_000));
        assertThat(account.total(LedgerAccount.UNAPPLIED_CREDITS)).isEqualTo(Usd.ZERO);
        assertThat(account.posted()).extracting(LedgerTransaction::kind).endsWith(Kind.CREDIT_APPLIED);
    }

    @Test
    void refusesAPaymentOfNothing() {
        assertThatExceptionOfType(RuleViolation.class)
                .isThrownBy(() -> account.pay("payment", Usd.ZERO, "card", NOW))
                .extracting(RuleViolation::rule)
                .isEqualTo("payment-positive");
    }

    @Test
    void undoesAPaymentByAReversalThatKeepsItsReason() {
        owes(10_000);
        account.pay("payment", usd(15_000), "check", NOW);
        LedgerTransaction payment = account.posted().getLast();

        account.reverse(payment, "the check bounced", NOW);

        assertThat(account.balance()).isEqualTo(usd(10_000));
        assertThat(account.posted()).contains(payment);
        assertThat(account.posted().getLast().reason()).isEqualTo("the check bounced");
        assertThat(account.posted().getLast().reverses()).isEqualTo(payment.id());
    }

    @Test
    void writesADeniedClaimOffWithoutAskingThePatient() {
        account.await("session");
        account.chargeInsurance("claim", usd(45_000), NOW);
        account.writeOff("claim", "session", usd(45_000), "appeal would cost more", NOW);

        assertThat(account.balance()).isEqualTo(Usd.ZERO);
        assertThat(account.openClaims()).isZero();
        assertThat(account.total(LedgerAccount.INSURANCE_RECEIVABLE)).isEqualTo(Usd.ZERO);
        assertThat(account.total(LedgerAccount.WRITE_OFFS)).isEqualTo(usd(45_000));
    }

    @Test
    void decidesASessionOnce() {
        owes(10_000);

        assertThatIllegalStateException().isThrownBy(() -> account.chargePatient("session-10000", usd(10_000), NOW));
    }

    @Test
    void issuesNoStatementWhileInsuranceIsPending() {
        owes(10_000);
        account.await("another");

        assertThatExceptionOfType(RuleViolation.class)
                .isThrownBy(() -> account.issueStatement("statement", LocalDate.of(2026, 4, 1), NOW))
                .extracting(RuleViolation::rule)
                .isEqualTo("insurance-pending");
    }

    @Test
    void issuesNoStatementOfNothing() {
        assertThatExceptionOfType(RuleViolation.class)
                .isThrownBy(() -> account.issueStatement("statement", LocalDate.of(2026, 4, 1), NOW))
                .extracting(RuleViolation::rule)
                .isEqualTo("nothing-due");
    }

    @Test
    void issuesAStatementWeeklyThenMonthlyUntilItIsPaid() {
        owes(10_000);
        account.changes("self-pay-charge", NOW);
        assertThat(account.statementDueAt()).isEqualTo(NOW.plus(Duration.ofDays(7)));

        assertThat(account.issueStatement("statement", LocalDate.of(2026, 4, 1), NOW))
                .containsExactly(
                        new StatementIssued("statement", "patient", Money.usd(10_000), LocalDate.of(2026, 4, 1), NOW));
        assertThat(account.changes("statement", NOW)).isEmpty();
        assertThat(account.statementDueAt()).isEqualTo(NOW.plus(Duration.ofDays(30)));

        account.pay("payment", usd(10_000), "card", NOW);
        account.changes("payment", NOW);
        assertThat(account.statementDueAt()).isNull();
    }

    @Test
    void refusesATransactionThatDoesNotSumToZero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LedgerTransaction(
                        "id",
                        "patient",
                        Kind.PAYMENT,
                        "payment/1",
                        List.of(
                                new Entry(LedgerAccount.CASH, usd(100)),
                                new Entry(LedgerAccount.PATIENT_RECEIVABLE, usd(-99))),
                        null,
                        null,
                        NOW));
    }

    private void owes(long cents) {
        account.await("session-" + cents);
        account.chargePatient("session-" + cents, usd(cents), NOW);
    }

    private static Usd usd(long cents) {
        return new Usd(cents);
    }
}
