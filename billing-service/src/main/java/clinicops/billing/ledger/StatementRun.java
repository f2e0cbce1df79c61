package clinicops.billing.ledger;

import clinicops.billing.patient.PatientFile;
import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Commands;
import clinicops.chassis.DueWork;
import clinicops.chassis.RuleViolation;
import clinicops.outbox.Ids;
import clinicops.outbox.Transactions;
import java.time.Instant;
import java.time.Period;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.data.domain.Limit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Issues statements: when a biller asks, and by the business clock for balances that stay unpaid. */
@Component
class StatementRun implements DueWork {
    private final Accounts accounts;
    private final Statements statements;
    private final Ledger ledger;
    private final PatientFile patients;
    private final Commands commands;
    private final Transactions transactions;
    private final Audit audit;
    private final BusinessClock clock;
    private final Period payableWithin;

    StatementRun(
            Accounts accounts,
            Statements statements,
            Ledger ledger,
            PatientFile patients,
            Commands commands,
            Transactions transactions,
            Audit audit,
            BusinessClock clock,
            @Value("${clinicops.billing.statement.payable-within}") Period payableWithin) {
        this.accounts = accounts;
        this.statements = statements;
        this.ledger = ledger;
        this.patients = patients;
        this.commands = commands;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
        this.payableWithin = payableWithin;
    }

    StatementController.StatementAnswer issue(@Nullable String key, StatementController.NewStatement request) {
        return commands.once(key, request, StatementController.StatementAnswer.class, () -> {
            patients.require(request.patientId());
            return StatementController.StatementAnswer.of(issue(request.patientId()), null);
        });
    }

    @Scheduled(fixedDelay = 250)
    void issueDue() {
        for (Account due :
                accounts.findByStatementDueAtLessThanEqualOrderByStatementDueAtAsc(clock.instant(), Limit.of(100))) {
            // asked again inside: another copy of the service may have issued it already
            transactions.run(() -> accounts.findByPatientId(due.patientId())
                    .filter(this::isDue)
                    .ifPresent(a -> issue(a.patientId())));
        }
    }

    @Override
    public Optional<Instant> nextDueAt() {
        return accounts.findFirstByStatementDueAtNotNullOrderByStatementDueAtAsc()
                .map(Account::statementDueAt);
    }

    private boolean isDue(Account account) {
        Instant dueAt = account.statementDueAt();
        return dueAt != null && !dueAt.isAfter(clock.instant());
    }

    private Statement issue(String patientId) {
        if (accounts.findByPatientId(patientId).isEmpty()) {
            throw RuleViolation.conflict("nothing-due", "the patient owes nothing");
        }
        String id = Ids.next();
        var dueOn = clock.today().plus(payableWithin);
        Account account = ledger.change(patientId, "statement", (a, now) -> a.issueStatement(id, dueOn, now));
        Statement saved = statements.insert(new Statement(id, patientId, account.balance(), dueOn, clock.instant()));
        audit.write("issue-statement", "statement/" + id, patientId, 1, null);
        return saved;
    }
}
