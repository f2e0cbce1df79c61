package clinicops.contracts;

/** The Kafka topics. Every one has 12 partitions and is keyed by patient id, else aggregate id. */
public final class Topics {
    public static final String INTAKE = "clinic.intake";
    public static final String SCHEDULING = "clinic.scheduling";
    public static final String BILLING = "clinic.billing";
    public static final String NOTIFICATION = "clinic.notification";
    /** Compacted; the body is a JWE of {@link ContactCard}; a tombstone erases the patient's card. */
    public static final String CONTACT = "clinic.contact";

    /** What screens go by and nobody keeps: {@link PulseEvent}. A day's worth stays. */
    public static final String PULSES = "clinic.pulses";

    public static final int PARTITIONS = 12;

    private Topics() {}
}
