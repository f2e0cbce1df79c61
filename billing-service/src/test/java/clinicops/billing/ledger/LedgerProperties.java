package clinicops.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.billing.ledger.LedgerTransaction.Kind;
import clinicops.billing.money.Usd;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is done to an account, in whatever order, its books balance. */
class LedgerProperties {
    private static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");

    /** One thing that happens; the numbers are what it happens with. */
    record Step(int kind, int cents, int share) {}

    @Property(tries = 500)
    void theLedgerAlwaysBalances(@ForAll("steps") List<Step> steps) {
        Account account = Account.open("patient");
        var reversed = new ArrayList<String>();
        for (int i = 0; i < steps.size(); i++) {
            play(account, steps.get(i), "session-" + i, reversed);
            check(account);
        }
    }

    private static void play(Account account, Step step, String session, List<String> reversed) {
        Usd amount = new Usd(step.cents());
        switch (step.kind()) {
            case 0 -> {
                account.await(session);
                account.chargePatient(session, amount, NOW);
            }
            case 1 -> {
                account.await(session);
                account.chargeInsurance(session, amount, NOW);
                Usd paid = new Usd(step.cents() * (long) step.share() / 100);
                Usd patient = new Usd(amount.minus(paid).cents() / 2);
                account.adjudicate(
                        session, session, amount, paid, amount.minus(paid).minus(patient), patient, NOW);
            }
            case 2 -> {
                account.await(session);
                account.chargeInsurance(session, amount, NOW);
                account.writeOff(session, session, amount, "given up", NOW);
            }
            case 3 -> account.pay(session, amount, "card", NOW);
            default ->
                account.posted().stream()
                        .filter(t -> t.kind() == Kind.PAYMENT && !reversed.contains(t.id()))
                        .findFirst()
                        .ifPresent(t -> {
                            reversed.add(t.id());
                            account.reverse(t, "mistake", NOW);
                        });
        }
    }

    private static void check(Account account) {
        Usd all = Usd.ZERO;
        for (LedgerAccount each : LedgerAccount.values()) {
            Usd posted = Usd.sum(account.posted().stream().map(t -> t.on(each)).toList());
            assertThat(account.total(each)).isEqualTo(posted);
            all = all.plus(posted);
        }
        assertThat(all).isEqualTo(Usd.ZERO);

        Usd owed = account.total(LedgerAccount.PATIENT_RECEIVABLE);
        Usd credit = account.total(LedgerAccount.UNAPPLIED_CREDITS).negated();
        assertThat(owed.cents()).isNotNegative();
        assertThat(credit.cents()).isNotNegative();
        assertThat(owed.nothing() || credit.nothing())
                .as("owes and has a credit at once")
                .isTrue();
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(1, 1_000_000),
                        Arbitraries.integers().between(0, 100))
                .as(Step::new)
                .list()
                .ofMaxSize(30);
    }
}
