package clinicops.billing.estimate;

import clinicops.billing.fee.ChargeBook;
import clinicops.billing.fee.ChargeLine;
import clinicops.billing.patient.BilledPatient;
import clinicops.billing.patient.PatientFile;
import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Commands;
import clinicops.chassis.NotFound;
import clinicops.chassis.Versions;
import clinicops.contracts.BillingEvent;
import clinicops.outbox.Ids;
import clinicops.outbox.Outbox;
import clinicops.outbox.Transactions;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Issues estimates and takes agreements. */
@Component
class EstimateDesk {
    private final EstimateRules rules = EstimateRules.read();
    private final Estimates estimates;
    private final ChargeBook charges;
    private final PatientFile patients;
    private final List<AgreementHeard> listeners;
    private final Commands commands;
    private final Transactions transactions;
    private final Outbox outbox;
    private final Audit audit;
    private final BusinessClock clock;

    EstimateDesk(
            Estimates estimates,
            ChargeBook charges,
            PatientFile patients,
            List<AgreementHeard> listeners,
            Commands commands,
            Transactions transactions,
            Outbox outbox,
            Audit audit,
            BusinessClock clock) {
        this.estimates = estimates;
        this.charges = charges;
        this.patients = patients;
        this.listeners = listeners;
        this.commands = commands;
        this.transactions = transactions;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    EstimateController.EstimateAnswer issue(@Nullable String key, EstimateController.NewEstimate request) {
        return commands.once(key, request, EstimateController.EstimateAnswer.class, () -> {
            BilledPatient patient = patients.require(request.patientId());
            LocalDate today = clock.today();
            var estimate = GoodFaithEstimate.issue(
                    Ids.next(),
                    patient.patientId(),
                    request.sessions(),
                    expected(patient, today),
                    rules,
                    today,
                    request.visitOn(),
                    clock.instant());
            var saved = save(estimate, estimate.issued());
            audit("issue-estimate", saved);
            return answer(saved);
        });
    }

    GoodFaithEstimate agree(String id, @Nullable String ifMatch, String signature) {
        return transactions.inTransaction(() -> {
            var estimate = estimates.forBillingOffice(id).orElseThrow(() -> new NotFound("estimate", id));
            Versions.require(ifMatch, estimate.version(), "estimate/" + id);
            var agreed = save(estimate, estimate.agree(signature, clock.today(), clock.instant()));
            audit("agree-self-pay", agreed);
            listeners.forEach(l -> l.agreed(agreed.patientId()));
            // a listener may have charged sessions to it
            return estimates.forBillingOffice(id).orElse(agreed);
        });
    }

    EstimateController.EstimateAnswer answer(GoodFaithEstimate estimate) {
        return EstimateController.EstimateAnswer.of(estimate, rules.disputableFromCents());
    }

    private List<ChargeLine> expected(BilledPatient patient, LocalDate today) {
        String drug = patient.drug();
        String route = patient.route();
        return charges.expected(
                drug == null ? rules.drug() : drug, route == null ? rules.defaultRoute() : route, today);
    }

    private GoodFaithEstimate save(GoodFaithEstimate estimate, List<BillingEvent> events) {
        var saved = estimates.save(estimate);
        outbox.append(saved.id(), saved.version(), events);
        return saved;
    }

    private void audit(String action, GoodFaithEstimate saved) {
        audit.write(action, "estimate/" + saved.id(), saved.patientId(), saved.version(), null);
    }
}
