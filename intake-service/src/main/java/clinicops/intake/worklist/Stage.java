package clinicops.intake.worklist;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where intake stands with a patient; what it waits for next. */
public enum Stage {
    /** For the instruments and the history. */
    SCREENING("take-screening"),
    /** For people to look after the patient's safety. */
    SAFETY_REVIEW("review-safety"),
    /** For a prescriber to weigh what the rules found. */
    FINDINGS("review-findings"),
    /** For the two clearances. */
    CLEARANCE("give-clearances"),
    /** For the patient's consent. */
    CONSENT("sign-consent"),
    /** For a prescriber's plan. */
    PLAN("approve-plan"),
    /** For nothing of intake: scheduling goes on. */
    READY("book-course");

    private final String nextAction;

    Stage(String nextAction) {
        this.nextAction = nextAction;
    }

    /** As it travels: kebab-case. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What somebody has to do, in kebab-case. */
    String nextAction() {
        return nextAction;
    }

    /** The constant of that code; empty when there is none such. */
    public static Optional<Stage> of(String code) {
        return Arrays.stream(values()).filter(s -> s.code().equals(code)).findFirst();
    }
}
