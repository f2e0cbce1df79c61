package clinicops.chassis;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * A rule of the clinic refuses what was asked. Answers 422, or 409 when the state of the resource is in the way, as a problem
 * with the rule's name. The message goes to the caller: no patient data in it.
 */
public class RuleViolation extends RuntimeException {
    private final String rule;
    private final HttpStatus status;
    private final @Nullable String field;

    /** @param rule kebab-case name, for example {@code second-person} */
    public RuleViolation(String rule, String message) {
        this(rule, message, HttpStatus.UNPROCESSABLE_CONTENT, null);
    }

    private RuleViolation(String rule, String message, HttpStatus status, @Nullable String field) {
        super(message);
        this.rule = rule;
        this.status = status;
        this.field = field;
    }

    /** 409: the request is sound, but what is there now does not allow it. */
    public static RuleViolation conflict(String rule, String message) {
        return new RuleViolation(rule, message, HttpStatus.CONFLICT, null);
    }

    /** 400: the request can't be understood, and no binding could say so. */
    public static RuleViolation malformed(String rule, String message) {
        return new RuleViolation(rule, message, HttpStatus.BAD_REQUEST, null);
    }

    /** The same violation, naming the field of the body or the parameter, for example {@code history.weightKg}. */
    public RuleViolation withField(String field) {
        return new RuleViolation(rule, String.valueOf(getMessage()), status, field);
    }

    public String rule() {
        return rule;
    }

    public HttpStatus status() {
        return status;
    }

    public @Nullable String field() {
        return field;
    }
}
