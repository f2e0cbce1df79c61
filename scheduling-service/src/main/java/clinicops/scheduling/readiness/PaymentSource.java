package clinicops.scheduling.readiness;

/**
 * What pays for a session.
 *
 * @param kind {@code coverage} (active, needs no authorization), {@code authorization} or {@code self-pay}
 * @param id of the coverage, authorization or estimate
 */
public record PaymentSource(String kind, String id) {
    static final String COVERAGE = "coverage";
    static final String AUTHORIZATION = "authorization";
    static final String SELF_PAY = "self-pay";
}
