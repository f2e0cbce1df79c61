package clinicops.billing.ledger;

import clinicops.billing.patient.PatientFile;
import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Commands;
import clinicops.chassis.NotFound;
import clinicops.chassis.Versions;
import clinicops.outbox.Ids;
import clinicops.outbox.Transactions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes patients' payments, and takes them back. */
@Component
class PaymentDesk {
    private final Payments payments;
    private final Ledger ledger;
    private final PatientFile patients;
    private final Commands commands;
    private final Transactions transactions;
    private final Audit audit;
    private final BusinessClock clock;

    PaymentDesk(
            Payments payments,
            Ledger ledger,
            PatientFile patients,
            Commands commands,
            Transactions transactions,
            Audit audit,
            BusinessClock clock) {
        this.payments = payments;
        this.ledger = ledger;
        this.patients = patients;
        this.commands = commands;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    PaymentController.PaymentAnswer receive(@Nullable String key, PaymentController.NewPayment request) {
        return commands.once(key, request, PaymentController.PaymentAnswer.class, () -> {
            patients.require(request.patientId());
            String id = Ids.next();
            Account account = ledger.change(
                    request.patientId(),
                    "payment",
                    (a, now) -> a.pay(id, request.amount().usd(), request.method(), now));
            var saved = payments.save(new Payment(
                    id,
                    0,
                    request.patientId(),
                    request.amount().usd(),
                    request.method(),
                    account.posted().getFirst().id(),
                    clock.instant(),
                    null));
            audit.write("receive-payment", "payment/" + id, saved.patientId(), saved.version(), null);
            return PaymentController.PaymentAnswer.of(saved, account.balance().money());
        });
    }

    PaymentController.PaymentAnswer reverse(String id, @Nullable String ifMatch, String reason) {
        return transactions.inTransaction(() -> {
            Payment payment = payments.forBillingOffice(id).orElseThrow(() -> new NotFound("payment", id));
            Versions.require(ifMatch, payment.version(), "payment/" + id);
            payment.reverse(reason);
            Payment saved = payments.save(payment);
            LedgerTransaction posted = ledger.transaction(payment.transactionId(), payment.patientId())
                    .orElseThrow(() -> new IllegalStateException("payment " + id + " has no transaction"));
            Account account = ledger.change(payment.patientId(), "payment-reversed", (a, now) -> {
                a.reverse(posted, reason, now);
                return List.of();
            });
            audit.write("reverse-payment", "payment/" + id, saved.patientId(), saved.version(), reason);
            return PaymentController.PaymentAnswer.of(saved, account.balance().money());
        });
    }
}
