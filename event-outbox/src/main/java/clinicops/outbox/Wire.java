package clinicops.outbox;

/** Header names of CloudEvents 1.0 in Kafka's binary mode. */
final class Wire {
    static final String SPEC_VERSION = "ce_specversion";
    static final String ID = "ce_id";
    static final String TYPE = "ce_type";
    static final String SOURCE = "ce_source";
    static final String SUBJECT = "ce_subject";
    static final String SEQUENCE = "ce_sequence";
    static final String TIME = "ce_time";
    static final String CORRELATION_ID = "ce_correlationid";
    static final String CAUSATION_ID = "ce_causationid";
    static final String TRACE_PARENT = "traceparent";
    static final String CONTENT_TYPE = "content-type";

    /** Type of what travels on the contact topic. */
    static final String CONTACT_CARD = "contact-card";

    private Wire() {}
}
