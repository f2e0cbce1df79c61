package clinicops.billing.ledger;

import clinicops.billing.money.Usd;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * One posting of a patient's account: two or more entries that sum to zero. Never changed and never deleted; an undo is a
 * {@link Kind#REVERSAL} with a reason.
 *
 * @param cause what it was posted for, {@code kind/id}, for example {@code claim/0198...}
 * @param reason why, for write-offs and reversals; else null
 * @param reverses the transaction that this one undoes; else null
 */
@Document("ledger_transactions")
public record LedgerTransaction(
        @Id String id,
        String patientId,
        Kind kind,
        String cause,
        List<Entry> entries,
        @Nullable String reason,
        @Nullable String reverses,
        Instant at) {

    /** What was posted. */
    public enum Kind {
        SELF_PAY_CHARGE,
        INSURANCE_CHARGE,
        ADJUDICATION,
        WRITE_OFF,
        PAYMENT,
        CREDIT_APPLIED,
        REVERSAL
    }

    /** @param amount debit positive, credit negative, never zero */
    public record Entry(LedgerAccount account, Usd amount) {
        public Entry {
            if (amount.nothing()) {
                throw new IllegalArgumentException("an entry of nothing");
            }
        }
    }

    public LedgerTransaction {
        entries = List.copyOf(entries);
        if (entries.size() < 2) {
            throw new IllegalArgumentException("a transaction has at least two entries");
        }
        if (!Usd.sum(entries.stream().map(Entry::amount).toList()).nothing()) {
            throw new IllegalArgumentException("the entries do not sum to zero");
        }
        if (reason == null && (kind == Kind.WRITE_OFF || kind == Kind.REVERSAL)) {
            throw new IllegalArgumentException("a " + kind + " needs a reason");
        }
    }

    /** What this transaction does to one account. */
    public Usd on(LedgerAccount account) {
        return Usd.sum(entries.stream()
                .filter(e -> e.account() == account)
                .map(Entry::amount)
                .toList());
    }

    /** What it does to the balance: positive when the patient owes more afterwards. */
    public Usd onBalance() {
        return on(LedgerAccount.PATIENT_RECEIVABLE).plus(on(LedgerAccount.UNAPPLIED_CREDITS));
    }
}
