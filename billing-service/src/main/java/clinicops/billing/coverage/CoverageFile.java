package clinicops.billing.coverage;

import clinicops.billing.payer.Payer;
import clinicops.billing.payer.PayerDirectory;
import clinicops.billing.payer.PayerEntered;
import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.ContactSeal;
import clinicops.chassis.NotFound;
import clinicops.chassis.Versions;
import clinicops.contracts.BillingEvent;
import clinicops.outbox.Ids;
import clinicops.outbox.Outbox;
import clinicops.outbox.Transactions;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The patients' coverages: what they report, who pays, what is covered. */
@Component
public class CoverageFile implements PayerEntered {
    private final Coverages coverages;
    private final PayerDirectory payers;
    private final ContactSeal seal;
    private final Outbox outbox;
    private final Transactions transactions;
    private final Audit audit;
    private final BusinessClock clock;

    CoverageFile(
            Coverages coverages,
            PayerDirectory payers,
            ContactSeal seal,
            Outbox outbox,
            Transactions transactions,
            Audit audit,
            BusinessClock clock) {
        this.coverages = coverages;
        this.payers = payers;
        this.seal = seal;
        this.outbox = outbox;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    /** A patient reported a coverage; an older report than the one on file changes nothing. */
    public void reported(
            String patientId, int rank, String payerCode, @Nullable String plan, String sealedMemberId, long sequence) {
        Coverage coverage = coverages
                .findByPatientIdAndRank(patientId, rank)
                .orElseGet(() -> Coverage.blank(Ids.next(), patientId, rank));
        String memberId = seal.openText(sealedMemberId);
        if (coverage.outdates(sequence) || coverage.says(payerCode, plan, memberId)) {
            return;
        }
        Payer payer = payers.knownOrAwaited(payerCode).orElse(null);
        save(coverage, coverage.report(payerCode, payer, plan, memberId, sequence, clock.instant()));
    }

    @Override
    public void entered(Payer payer) {
        Instant now = clock.instant();
        for (Coverage waiting : coverages.findByPayerCodeAndStatus(payer.code(), Coverage.Status.UNKNOWN_PAYER)) {
            save(waiting, waiting.putOnFile(payer, now));
        }
    }

    Coverage check(String id, @Nullable String ifMatch, Coverage.Benefits benefits) {
        return transactions.inTransaction(() -> {
            Coverage coverage = coverages.forBillingOffice(id).orElseThrow(() -> new NotFound("coverage", id));
            Versions.require(ifMatch, coverage.version(), "coverage/" + id);
            Coverage saved = save(coverage, coverage.check(benefits, clock.today(), clock.instant()));
            audit.write("check-benefits", "coverage/" + id, saved.patientId(), saved.version(), null);
            return saved;
        });
    }

    /** @throws NotFound when the patient has no such coverage, another's included */
    public Coverage require(String id, String patientId) {
        return coverages.findByIdAndPatientId(id, patientId).orElseThrow(() -> new NotFound("coverage", id));
    }

    /** The patient's first coverage by rank. */
    public Optional<Coverage> primary(String patientId) {
        return Optional.ofNullable(primaries(List.of(patientId)).get(patientId));
    }

    /** First coverage of each of the patients who have one. */
    public Map<String, Coverage> primaries(Collection<String> patientIds) {
        return coverages.findByPatientIdInOrderByPatientIdAscRankAsc(patientIds).stream()
                .collect(Collectors.toMap(Coverage::patientId, Function.identity(), (first, later) -> first));
    }

    private Coverage save(Coverage coverage, List<BillingEvent> events) {
        Coverage saved = coverages.save(coverage);
        outbox.append(saved.id(), saved.version(), events);
        return saved;
    }
}
