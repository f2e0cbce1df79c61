package clinicops.billing.ledger;

/** The accounts of the double entry. A debit is positive, a credit negative. */
public enum LedgerAccount {
    /** What the patient owes. */
    PATIENT_RECEIVABLE,
    /** What insurers owe, disputed amounts included. */
    INSURANCE_RECEIVABLE,
    REVENUE,
    /** What a contract or a payer takes off (groups CO, OA, PI). */
    CONTRACTUAL_ADJUSTMENTS,
    CASH,
    WRITE_OFFS,
    /** What the patient paid beyond what they owe. */
    UNAPPLIED_CREDITS
}
