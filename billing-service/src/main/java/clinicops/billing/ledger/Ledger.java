package clinicops.billing.ledger;

import clinicops.contracts.BillingEvent;
import clinicops.outbox.Outbox;
import clinicops.outbox.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.springframework.stereotype.Component;

/** The way into the accounts: loads or opens one, stores what was posted, and tells what changed. */
@Component
public class Ledger {
    private final Accounts accounts;
    private final LedgerTransactions transactions;
    private final Outbox outbox;
    private final Transactions mongo;
    private final Clock clock;

    Ledger(Accounts accounts, LedgerTransactions transactions, Outbox outbox, Transactions mongo, Clock clock) {
        this.accounts = accounts;
        this.transactions = transactions;
        this.outbox = outbox;
        this.mongo = mongo;
        this.clock = clock;
    }

    /**
     * Changes a patient's account, in the caller's transaction if there is one.
     *
     * @param cause goes into {@code BalanceChanged}, a code
     * @param work answers what it has to tell besides the balance
     */
    public Account change(
            String patientId, String cause, BiFunction<Account, Instant, List<? extends BillingEvent>> work) {
        return mongo.inTransaction(() -> {
            Instant now = clock.instant();
            Account account = accounts.findByPatientId(patientId).orElseGet(() -> Account.open(patientId));
            var events = new ArrayList<BillingEvent>(work.apply(account, now));
            events.addAll(account.changes(cause, now));
            account.posted().forEach(transactions::insert);
            Account saved = accounts.save(account);
            outbox.append(patientId, saved.version(), events);
            return saved;
        });
    }

    Optional<LedgerTransaction> transaction(String id, String patientId) {
        return transactions.findByIdAndPatientId(id, patientId);
    }
}
