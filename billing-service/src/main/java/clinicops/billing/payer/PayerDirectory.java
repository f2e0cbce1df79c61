package clinicops.billing.payer;

import java.util.Optional;
import org.springframework.stereotype.Component;

/** Looks payers up for coverages. */
@Component
public class PayerDirectory {
    private final Payers payers;

    PayerDirectory(Payers payers) {
        this.payers = payers;
    }

    /** The payer, when the clinic knows it. */
    public Optional<Payer> known(String code) {
        return payers.findByCode(code).filter(Payer::known);
    }

    /**
     * The payer for a coverage that was just reported. An unknown one is noted as awaited: the write makes this transaction and
     * the one that enters the payer exclude each other, so no coverage stays behind.
     */
    public Optional<Payer> knownOrAwaited(String code) {
        Payer payer = payers.findByCode(code).orElseGet(() -> Payer.unknown(code));
        if (payer.known()) {
            return Optional.of(payer);
        }
        payer.awaitedByCoverage();
        payers.save(payer);
        return Optional.empty();
    }
}
