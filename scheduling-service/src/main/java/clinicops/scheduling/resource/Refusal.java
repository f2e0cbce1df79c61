package clinicops.scheduling.resource;

import clinicops.chassis.RuleViolation;

/**
 * Why a place can't be given, or can't be kept.
 *
 * @param rule kebab-case name
 * @param field of the request that asked for it: {@code startsAt}, {@code chairId} or {@code nurseId}
 * @param conflict true when the wish is sound and only the clinic's state of the moment is in the way (409, else 422)
 */
public record Refusal(String rule, String why, String field, boolean conflict) {
    static Refusal unsound(String rule, String why, String field) {
        return new Refusal(rule, why, field, false);
    }

    static Refusal inTheWay(String rule, String why, String field) {
        return new Refusal(rule, why, field, true);
    }

    /** The same, told of another field. */
    Refusal of(String otherField) {
        return new Refusal(rule, why, otherField, conflict);
    }

    public RuleViolation violation() {
        RuleViolation violation = conflict ? RuleViolation.conflict(rule, why) : new RuleViolation(rule, why);
        return violation.withField(field);
    }
}
