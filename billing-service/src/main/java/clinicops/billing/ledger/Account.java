package clinicops.billing.ledger;

import clinicops.billing.ledger.LedgerTransaction.Entry;
import clinicops.billing.ledger.LedgerTransaction.Kind;
import clinicops.billing.money.Usd;
import clinicops.chassis.RuleViolation;
import clinicops.contracts.BillingEvent;
import clinicops.contracts.BillingEvent.BalanceChanged;
import clinicops.contracts.BillingEvent.PaymentReceived;
import clinicops.contracts.BillingEvent.StatementIssued;
import clinicops.outbox.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Transient;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A patient's money.
 *
 * <p>Life: opened by the first thing that touches money. A discharged session is <em>open</em> until it is decided who pays
 * what for it: charged to the patient (self-pay), answered by the insurer, or written off. Meanwhile the patient owes nothing
 * of it and gets no statement.
 *
 * <p>Invariants: every transaction sums to zero, so the totals do; the patient never owes and has a credit at once (a credit
 * is applied as soon as something is owed); nothing is ever taken back but by a reversal.
 */
@Document("accounts")
public class Account {
    /** A balance that stays unpaid gets its first statement after this, and the next ones after {@link #NEXT_STATEMENT}. */
    static final Duration FIRST_STATEMENT = Duration.ofDays(7);

    static final Duration NEXT_STATEMENT = Duration.ofDays(30);

    @Id
    private final String patientId;

    @Version
    private long version;

    private final Map<LedgerAccount, Long> totals;
    private final Set<String> openSessions;
    private Usd toldBalance;
    private int toldOpenClaims;
    private @Nullable Instant statementDueAt;

    @Transient
    private final List<LedgerTransaction> posted = new ArrayList<>();

    @PersistenceCreator
    Account(
            String patientId,
            long version,
            Map<LedgerAccount, Long> totals,
            Set<String> openSessions,
            Usd toldBalance,
            int toldOpenClaims,
            @Nullable Instant statementDueAt) {
        this.patientId = patientId;
        this.version = version;
        this.totals = new EnumMap<>(LedgerAccount.class);
        this.totals.putAll(totals);
        this.openSessions = new LinkedHashSet<>(openSessions);
        this.toldBalance = toldBalance;
        this.toldOpenClaims = toldOpenClaims;
        this.statementDueAt = statementDueAt;
    }

    /** A new account without any money. */
    public static Account open(String patientId) {
        return new Account(patientId, 0, Map.of(), Set.of(), Usd.ZERO, 0, null);
    }

    /** A session was given: somebody will have to pay it. */
    public void await(String sessionId) {
        openSessions.add(sessionId);
    }

    /** The patient pays the session themself, as agreed. */
    public void chargePatient(String sessionId, Usd amount, Instant now) {
        decide(sessionId);
        post(
                Kind.SELF_PAY_CHARGE,
                "session/" + sessionId,
                List.of(
                        new Entry(LedgerAccount.PATIENT_RECEIVABLE, amount),
                        new Entry(LedgerAccount.REVENUE, amount.negated())),
                null,
                null,
                now);
        applyCredit("session/" + sessionId, now);
    }

    /** A claim went out: the insurer owes it until it answers. */
    public void chargeInsurance(String claimId, Usd amount, Instant now) {
        post(
                Kind.INSURANCE_CHARGE,
                "claim/" + claimId,
                List.of(
                        new Entry(LedgerAccount.INSURANCE_RECEIVABLE, amount),
                        new Entry(LedgerAccount.REVENUE, amount.negated())),
                null,
                null,
                now);
    }

    /**
     * The insurer decided: what it paid, what is taken off, what the patient owes.
     *
     * @throws IllegalArgumentException unless the three make the charge, to the cent
     */
    public void adjudicate(
            String claimId, String sessionId, Usd charged, Usd paid, Usd takenOff, Usd patientOwes, Instant now) {
        decide(sessionId);
        var entries = new ArrayList<Entry>();
        add(entries, LedgerAccount.INSURANCE_RECEIVABLE, charged.negated());
        add(entries, LedgerAccount.CASH, paid);
        add(entries, LedgerAccount.CONTRACTUAL_ADJUSTMENTS, takenOff);
        add(entries, LedgerAccount.PATIENT_RECEIVABLE, patientOwes);
        post(Kind.ADJUDICATION, "claim/" + claimId, entries, null, null, now);
        applyCredit("claim/" + claimId, now);
    }

    /** A denied claim is given up: nobody pays. A person decides this, never the denial itself. */
    public void writeOff(String claimId, String sessionId, Usd amount, String reason, Instant now) {
        decide(sessionId);
        post(
                Kind.WRITE_OFF,
                "claim/" + claimId,
                List.of(
                        new Entry(LedgerAccount.WRITE_OFFS, amount),
                        new Entry(LedgerAccount.INSURANCE_RECEIVABLE, amount.negated())),
                reason,
                null,
                now);
    }

    /** The patient paid. What they do not owe (yet) becomes a credit. */
    public List<BillingEvent> pay(String paymentId, Usd amount, String method, Instant now) {
        if (!amount.positive()) {
            throw new RuleViolation("payment-positive", "a payment is at least one cent").withField("amount.cents");
        }
        Usd owed = total(LedgerAccount.PATIENT_RECEIVABLE);
        Usd settles = owed.compareTo(amount) < 0 ? owed : amount;
        var entries = new ArrayList<Entry>();
        add(entries, LedgerAccount.CASH, amount);
        add(entries, LedgerAccount.PATIENT_RECEIVABLE, settles.negated());
        add(entries, LedgerAccount.UNAPPLIED_CREDITS, settles.minus(amount));
        post(Kind.PAYMENT, "payment/" + paymentId, entries, null, null, now);
        return List.of(new PaymentReceived(
                paymentId, patientId, amount.money(), method, balance().money(), now));
    }

    /** Undoes a transaction by its mirror image; both stay. */
    public void reverse(LedgerTransaction transaction, String reason, Instant now) {
        if (!transaction.patientId().equals(patientId) || transaction.kind() == Kind.REVERSAL) {
            throw new IllegalArgumentException(
                    "only a transaction of this account that is no reversal can be reversed");
        }
        post(
                Kind.REVERSAL,
                transaction.cause(),
                transaction.entries().stream()
                        .map(e -> new Entry(e.account(), e.amount().negated()))
                        .toList(),
                reason,
                transaction.id(),
                now);
        applyCredit(transaction.cause(), now);
    }

    /**
     * A statement of what the patient owes goes out.
     *
     * @throws RuleViolation {@code insurance-pending} while a session is undecided, {@code nothing-due} without a balance
     */
    public List<BillingEvent> issueStatement(String statementId, LocalDate dueOn, Instant now) {
        if (!openSessions.isEmpty()) {
            throw RuleViolation.conflict(
                    "insurance-pending",
                    openSessions.size() + " sessions are unbilled or unanswered: no statement yet");
        }
        if (!balance().positive()) {
            throw RuleViolation.conflict("nothing-due", "the patient owes nothing");
        }
        statementDueAt = now.plus(NEXT_STATEMENT);
        return List.of(new StatementIssued(statementId, patientId, balance().money(), dueOn, now));
    }

    /**
     * Closes a command: what the others must hear of it, and when the next statement is due.
     *
     * @param cause why it changed, a code
     */
    public List<BillingEvent> changes(String cause, Instant now) {
        if (balance().positive() && openSessions.isEmpty()) {
            statementDueAt = statementDueAt == null ? now.plus(FIRST_STATEMENT) : statementDueAt;
        } else {
            statementDueAt = null;
        }
        if (balance().equals(toldBalance) && openSessions.size() == toldOpenClaims) {
            return List.of();
        }
        toldBalance = balance();
        toldOpenClaims = openSessions.size();
        return List.of(new BalanceChanged(patientId, balance().money(), openSessions.size(), cause, now));
    }

    /** What the patient owes; negative when the clinic owes the patient. */
    public Usd balance() {
        return total(LedgerAccount.PATIENT_RECEIVABLE).plus(total(LedgerAccount.UNAPPLIED_CREDITS));
    }

    public Usd total(LedgerAccount account) {
        return new Usd(totals.getOrDefault(account, 0L));
    }

    /** Sessions of which it is not decided who pays. */
    public int openClaims() {
        return openSessions.size();
    }

    public String patientId() {
        return patientId;
    }

    public long version() {
        return version;
    }

    public @Nullable Instant statementDueAt() {
        return statementDueAt;
    }

    /** The transactions of this command, to be stored with the account. */
    List<LedgerTransaction> posted() {
        return List.copyOf(posted);
    }

    private void decide(String sessionId) {
        if (!openSessions.remove(sessionId)) {
            throw new IllegalStateException("session " + sessionId + " is not open on this account");
        }
    }

    /** Brings what is owed and the credit together, so that one of them is nothing. */
    private void applyCredit(String cause, Instant now) {
        Usd owed = total(LedgerAccount.PATIENT_RECEIVABLE);
        Usd net = balance();
        Usd owedAfter = net.positive() ? net : Usd.ZERO;
        Usd change = owedAfter.minus(owed);
        if (!change.nothing()) {
            post(
                    Kind.CREDIT_APPLIED,
                    cause,
                    List.of(
                            new Entry(LedgerAccount.PATIENT_RECEIVABLE, change),
                            new Entry(LedgerAccount.UNAPPLIED_CREDITS, change.negated())),
                    null,
                    null,
                    now);
        }
    }

    private void post(
            Kind kind,
            String cause,
            List<Entry> entries,
            @Nullable String reason,
            @Nullable String reverses,
            Instant now) {
        var transaction = new LedgerTransaction(Ids.next(), patientId, kind, cause, entries, reason, reverses, now);
        transaction.entries().forEach(e -> totals.merge(e.account(), e.amount().cents(), Math::addExact));
        posted.add(transaction);
    }

    private static void add(List<Entry> entries, LedgerAccount account, Usd amount) {
        if (!amount.nothing()) {
            entries.add(new Entry(account, amount));
        }
    }
}
