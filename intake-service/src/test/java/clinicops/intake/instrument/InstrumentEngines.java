package clinicops.intake.instrument;

import clinicops.intake.rulebook.RuleBook;

/** The engine with the clinic's own instruments, for tests of other features. */
public final class InstrumentEngines {
    private InstrumentEngines() {}

    public static InstrumentEngine real() {
        return new InstrumentEngine(new RuleBook());
    }

    public static QuestionnaireForm form() {
        return new QuestionnaireForm(real());
    }
}
