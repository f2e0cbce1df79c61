package clinicops.billing.ledger;

import clinicops.billing.patient.PatientFile;
import clinicops.chassis.Audit;
import clinicops.chassis.Cursor;
import clinicops.chassis.Page;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.contracts.Money;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/balances")
@Tag(name = "Balances", description = "What patients and insurers owe")
class BalanceController {
    private static final int NEWEST_ENTRIES = 200;

    private final Accounts accounts;
    private final LedgerTransactions transactions;
    private final PatientFile patients;
    private final Audit audit;

    BalanceController(Accounts accounts, LedgerTransactions transactions, PatientFile patients, Audit audit) {
        this.accounts = accounts;
        this.transactions = transactions;
        this.patients = patients;
        this.audit = audit;
    }

    /**
     * One posting as the patient and the insurer feel it.
     *
     * @param kind self-pay-charge, insurance-charge, adjudication, write-off, payment, credit-applied, reversal
     * @param cause what it was posted for, {@code kind/id}
     * @param amount what the patient owes more (or less, negative) through it
     * @param insurance what the insurer owes more (or less, negative) through it
     * @param reason of a write-off or reversal; else null
     * @param reverses id of the entry that it undoes; else null
     */
    record EntryAnswer(
            String id,
            Instant at,
            String kind,
            String cause,
            Money amount,
            Money insurance,
            @Nullable String reason,
            @Nullable String reverses) {
        static EntryAnswer of(LedgerTransaction t) {
            return new EntryAnswer(
                    t.id(),
                    t.at(),
                    t.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    t.cause(),
                    t.onBalance().money(),
                    t.on(LedgerAccount.INSURANCE_RECEIVABLE).money(),
                    t.reason(),
                    t.reverses());
        }
    }

    /**
     * @param balance what the patient owes; negative when the clinic owes the patient
     * @param unappliedCredit what the patient paid beyond what they owe
     * @param insurancePending what insurers owe, disputed amounts included
     * @param openClaims sessions of which it is not decided who pays: unbilled, unanswered, or denied and not given up
     * @param entries newest first, at most 200; empty in lists
     */
    record BalanceAnswer(
            String patientId,
            Money balance,
            Money unappliedCredit,
            Money insurancePending,
            int openClaims,
            List<EntryAnswer> entries,
            long version) {
        static BalanceAnswer of(Account a, List<LedgerTransaction> transactions) {
            return new BalanceAnswer(
                    a.patientId(),
                    a.balance().money(),
                    a.total(LedgerAccount.UNAPPLIED_CREDITS).negated().money(),
                    a.total(LedgerAccount.INSURANCE_RECEIVABLE).money(),
                    a.openClaims(),
                    transactions.stream().map(EntryAnswer::of).toList(),
                    a.version());
        }
    }

    @GetMapping("/{patientId}")
    @Operation(
            summary = "What a patient owes, and how it came about",
            description = "ETag: the account's version, 0 before any money was touched.")
    ResponseEntity<BalanceAnswer> get(@PathVariable String patientId) {
        Account account = accounts.findByPatientId(patientId).orElseGet(() -> {
            patients.require(patientId);
            return Account.open(patientId);
        });
        audit.read("read-balance", "account/" + patientId, patientId);
        var entries = transactions.findByPatientIdOrderByIdDesc(patientId, Limit.of(NEWEST_ENTRIES));
        return ResponseEntity.ok().eTag(Versions.etag(account.version())).body(BalanceAnswer.of(account, entries));
    }

    @GetMapping
    @Operation(
            summary = "Lists balances, of the patients in ids (at most 200) or of all",
            description = "Patients whose account nothing has touched are left out.")
    Page<BalanceAnswer> list(
            @RequestParam(required = false) @Nullable List<String> ids,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Cursor.limit(limit);
        Page<Account> found;
        if (ids == null) {
            found = Page.of(
                    accounts.findByPatientIdGreaterThanOrderByPatientIdAsc(
                            Cursor.of(cursor).after(), Limit.of(size + 1)),
                    size,
                    Account::patientId);
        } else if (ids.size() > Cursor.MAX_LIMIT) {
            throw RuleViolation.malformed("ids", "at most " + Cursor.MAX_LIMIT + " ids")
                    .withField("ids");
        } else {
            found = new Page<>(accounts.findByPatientIdIn(ids), null);
        }
        var page = found.map(a -> BalanceAnswer.of(a, List.of()));
        audit.readList(
                "list-balances",
                page.items().stream().map(BalanceAnswer::patientId).toList());
        return page;
    }
}
