package clinicops.billing.ledger;

import clinicops.billing.together.AggregateWrites;
import clinicops.contracts.BillingEvent;
import clinicops.outbox.Outbox;
import clinicops.outbox.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/** The way into the accounts: loads or opens them, stores what was posted, and tells what changed. */
@Component
public class Ledger {
    private final Accounts accounts;
    private final LedgerTransactions transactions;
    private final Outbox outbox;
    private final Transactions mongo;
    private final MongoOperations template;
    private final Clock clock;

    Ledger(
            Accounts accounts,
            LedgerTransactions transactions,
            Outbox outbox,
            Transactions mongo,
            MongoOperations template,
            Clock clock) {
        this.accounts = accounts;
        this.transactions = transactions;
        this.outbox = outbox;
        this.mongo = mongo;
        this.template = template;
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
            Outbox.Gathered events = outbox.gather();
            OpenAccounts open = open(Set.of(patientId), events);
            Account account = open.change(patientId, cause, work);
            open.store();
            events.store();
            return account;
        });
    }

    /**
     * The accounts of several patients, for commands that are committed together. In the caller's transaction; {@code events}
     * gathers what they tell, and the caller stores it after them.
     */
    public OpenAccounts open(Set<String> patientIds, Outbox.Gathered events) {
        return new OpenAccounts(patientIds.isEmpty() ? List.of() : accounts.findByPatientIdIn(patientIds), events);
    }

    /** Loaded accounts that several commands change one after the other, each seeing what those before it did. */
    public final class OpenAccounts {
        private final Map<String, Account> byPatient = new LinkedHashMap<>();
        private final AggregateWrites<Account> writes = new AggregateWrites<>(template, Account.class);
        private final Outbox.Gathered events;

        private OpenAccounts(List<Account> loaded, Outbox.Gathered events) {
            loaded.forEach(account -> byPatient.put(account.patientId(), account));
            this.events = events;
        }

        /** As {@link Ledger#change}, but nothing is written yet. After a failure nothing of this may be stored. */
        public Account change(
                String patientId, String cause, BiFunction<Account, Instant, List<? extends BillingEvent>> work) {
            Instant now = clock.instant();
            Account account = byPatient.computeIfAbsent(patientId, Account::open);
            var told = new ArrayList<BillingEvent>(work.apply(account, now));
            told.addAll(account.changes(cause, now));
            events.append(patientId, writes.changed(account), told);
            return account;
        }

        /** Writes all that was changed; call once. */
        public void store() {
            var posted = byPatient.values().stream()
                    .flatMap(account -> account.posted().stream())
                    .toList();
            if (!posted.isEmpty()) {
                transactions.insert(posted);
            }
            writes.store();
        }
    }

    Optional<LedgerTransaction> transaction(String id, String patientId) {
        return transactions.findByIdAndPatientId(id, patientId);
    }
}
