package clinicops.billing.estimate;

/** Hears, in the same transaction, that a patient agreed to pay sessions themself. */
@FunctionalInterface
public interface AgreementHeard {
    void agreed(String patientId);
}
