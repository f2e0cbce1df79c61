package clinicops.outbox;

/**
 * A handler refuses an event for a reason that no retry can cure. The event becomes a dead letter at once, and its partition
 * goes on.
 */
public class EventRefused extends RuntimeException {

    private final String rule;

    /**
     * @param rule name of the rule that refused, in kebab case
     * @param message why, without patient data
     */
    public EventRefused(String rule, String message) {
        super(message);
        this.rule = rule;
    }

    public EventRefused(String rule, String message, Throwable cause) {
        super(message, cause);
        this.rule = rule;
    }

    public String rule() {
        return rule;
    }
}
