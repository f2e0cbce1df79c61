package clinicops.intake.patient;

/**
 * What one rule said of one history.
 *
 * @param rule the rule's id
 * @param reason in words that a patient could read
 * @param source where the rule comes from
 */
public record Finding(String rule, Outcome outcome, String reason, String source) {}
