package clinicops.billing.claim;

import clinicops.billing.charge.TreatedSession;
import clinicops.billing.coverage.Coverage;
import clinicops.chassis.RuleViolation;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Why no claim was made for a session yet. The first that holds is told; {@link #READY} is claimed by the biller. */
enum WhyUnbilled {
    NOT_COMPLETED("not-completed", "the patient was not discharged from the session"),
    NOTE_UNSIGNED("note-unsigned", "the session note is not signed"),
    NO_CHARGE_RULE("no-charge-rule", "no charge rule knows the session's drug and route on that day"),
    NO_COVERAGE("no-coverage", "the patient has no coverage and did not agree to pay"),
    UNKNOWN_PAYER("unknown-payer", "the coverage's payer has to be entered"),
    COVERAGE_INACTIVE("coverage-inactive", "the payer said that the coverage is not in force"),
    AUTHORIZATION_NEEDED(
            "authorization-needed", "the payer wants prior authorization and none has a unit for that day"),
    READY("ready", "a claim can be made");

    private final String code;
    private final String message;

    WhyUnbilled(String code, String message) {
        this.code = code;
        this.message = message;
    }

    /**
     * @param coverage the patient's primary one; null without any
     * @param authorized whether an authorization has, or had, a unit for the session; asked only when it matters
     */
    static WhyUnbilled of(TreatedSession session, @Nullable Coverage coverage, BooleanSupplier authorized) {
        if (!session.completed()) {
            return NOT_COMPLETED;
        }
        if (!session.signed()) {
            return NOTE_UNSIGNED;
        }
        if (session.charges().isEmpty()) {
            return NO_CHARGE_RULE;
        }
        if (coverage == null) {
            return NO_COVERAGE;
        }
        if (coverage.status() == Coverage.Status.UNKNOWN_PAYER) {
            return UNKNOWN_PAYER;
        }
        if (!coverage.active()) {
            return COVERAGE_INACTIVE;
        }
        return coverage.authorizationRequired() && !authorized.getAsBoolean() ? AUTHORIZATION_NEEDED : READY;
    }

    String code() {
        return code;
    }

    String message() {
        return message;
    }

    RuleViolation refusal() {
        return RuleViolation.conflict(code, message).withField("sessionId");
    }
}
