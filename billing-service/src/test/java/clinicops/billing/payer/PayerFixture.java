package clinicops.billing.payer;

/** Payers for the tests of other features. */
public final class PayerFixture {
    private PayerFixture() {}

    /** A commercial payer that was entered. */
    public static Payer aetna(boolean authorizationRequired) {
        Payer payer = Payer.unknown("AETNA");
        payer.enter("Aetna", PayerClass.COMMERCIAL, authorizationRequired);
        return payer;
    }
}
