package clinicops.billing.payer;

/** Hears, in the same transaction, that a payer was entered. */
@FunctionalInterface
public interface PayerEntered {
    void entered(Payer payer);
}
