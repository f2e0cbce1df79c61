package clinicops.billing.estimate;

import clinicops.billing.money.Usd;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The agreements under which patients pay sessions themselves. */
@Component
public class SelfPay {
    private final Estimates estimates;

    SelfPay(Estimates estimates) {
        this.estimates = estimates;
    }

    /** Id of the oldest agreement with a session left that covers the day; empty when the patient agreed to none. */
    public Optional<String> agreementFor(String patientId, LocalDate day) {
        return estimates.findByPatientIdAndOpenTrueOrderByIdAsc(patientId).stream()
                .filter(e -> e.covers(day))
                .map(GoodFaithEstimate::id)
                .findFirst();
    }

    /** Counts a session on an agreement, in the caller's transaction. */
    public void charge(String estimateId, String sessionId, Usd amount) {
        GoodFaithEstimate estimate = estimates
                .forBillingOffice(estimateId)
                .orElseThrow(() -> new IllegalStateException("no estimate " + estimateId));
        estimate.charge(sessionId, amount);
        estimates.save(estimate);
    }
}
