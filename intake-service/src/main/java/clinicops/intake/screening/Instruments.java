package clinicops.intake.screening;

import clinicops.chassis.RuleViolation;
import clinicops.intake.patient.InstrumentAnswers;
import clinicops.intake.patient.Score;
import clinicops.intake.patient.SuicideRisk;
import clinicops.intake.rulebook.RuleBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The questionnaires of a screening: PHQ-9, and the C-SSRS screener when PHQ-9's last item opens it. */
@Component
class Instruments {
    private final SummedInstrument phq9;
    private final GradedInstrument cssrs;

    Instruments(RuleBook rules) {
        phq9 = rules.read("phq-9", SummedInstrument.class);
        cssrs = rules.read("c-ssrs", GradedInstrument.class);
        cssrs.levels().forEach(level -> risk(level.name()));
    }

    /** What the questionnaires came to. */
    record Assessment(List<InstrumentAnswers> answers, List<Score> scores, SuicideRisk suicideRisk) {}

    /**
     * Scores the answers.
     *
     * @param cssrsAnswers by item; null when the screener was not asked
     * @throws RuleViolation {@code c-ssrs-needed} when PHQ-9 opens the screener and it was not asked; {@code
     *     c-ssrs-incomplete}, {@code c-ssrs-contradiction} when its answers can't be scored
     */
    Assessment assess(List<Integer> phq9Answers, @Nullable Map<String, String> cssrsAnswers) {
        if (!phq9.fits(phq9Answers)) {
            throw RuleViolation.malformed("phq-9-answers", "answer every item with 0 to 3")
                    .withField("phq9");
        }
        var answers = new ArrayList<InstrumentAnswers>();
        var scores = new ArrayList<Score>();
        answers.add(new InstrumentAnswers(
                phq9.id(),
                phq9.version(),
                phq9Answers.stream().map(String::valueOf).toList()));
        scores.add(phq9.score(phq9Answers));
        if (cssrsAnswers == null) {
            if (phq9.opens(cssrs.id(), phq9Answers)) {
                throw new RuleViolation(
                                "c-ssrs-needed",
                                "the last answer to PHQ-9 asks for the C-SSRS screener, there and then")
                        .withField("cssrs");
            }
            return new Assessment(answers, scores, SuicideRisk.NONE);
        }
        cssrs.flaw(cssrsAnswers).ifPresent(flaw -> {
            throw new RuleViolation(cssrs.id() + "-" + flaw.rule(), flaw.message()).withField("cssrs." + flaw.item());
        });
        answers.add(new InstrumentAnswers(
                cssrs.id(),
                cssrs.version(),
                cssrs.items().stream()
                        .map(item -> cssrsAnswers.getOrDefault(item.id(), ""))
                        .toList()));
        Score score = cssrs.score(cssrsAnswers);
        scores.add(score);
        return new Assessment(answers, scores, risk(score.band()));
    }

    private static SuicideRisk risk(String band) {
        return SuicideRisk.valueOf(band.toUpperCase(Locale.ROOT));
    }
}
