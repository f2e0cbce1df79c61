package clinicops.intake.screening;

import clinicops.chassis.RuleViolation;
import clinicops.intake.instrument.Instrument;
import clinicops.intake.instrument.InstrumentEngine;
import clinicops.intake.instrument.ScaleScore;
import clinicops.intake.patient.InstrumentAnswers;
import clinicops.intake.patient.Score;
import clinicops.intake.patient.Sex;
import clinicops.intake.patient.SuicideRisk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The questionnaires of a screening: PHQ-9, and the C-SSRS screener when PHQ-9's last item opens it. */
@Component
class Instruments {
    private final InstrumentEngine engine;
    private final Instrument phq9;
    private final Instrument cssrs;

    Instruments(InstrumentEngine engine) {
        this.engine = engine;
        phq9 = engine.current("phq-9").orElseThrow();
        cssrs = engine.current("c-ssrs").orElseThrow();
        cssrs.scales().getFirst().bands().forEach(band -> risk(band.name()));
    }

    /**
     * What the questionnaires came to.
     *
     * @param filled answers by item, in the order in which the instruments were asked
     */
    record Assessment(
            List<InstrumentAnswers> answers,
            List<Score> scores,
            SuicideRisk suicideRisk,
            Map<String, Map<String, String>> filled) {}

    /**
     * Scores the answers.
     *
     * @param cssrsAnswers by item; null when the screener was not asked
     * @throws RuleViolation {@code c-ssrs-needed} when PHQ-9 opens the screener and it was not asked; {@code
     *     c-ssrs-incomplete}, {@code c-ssrs-contradiction} when its answers can't be scored
     */
    Assessment assess(List<Integer> phq9Answers, @Nullable Map<String, String> cssrsAnswers) {
        var items = phq9.items();
        if (phq9Answers.size() != items.size()) {
            throw RuleViolation.malformed("phq-9-answers", "answer every item with 0 to 3")
                    .withField("phq9");
        }
        var phq9ByItem = new LinkedHashMap<String, String>();
        for (int i = 0; i < items.size(); i++) {
            phq9ByItem.put(items.get(i).id(), String.valueOf(phq9Answers.get(i)));
        }
        var filled = new LinkedHashMap<String, Map<String, String>>();
        var answers = new ArrayList<InstrumentAnswers>();
        var scores = new ArrayList<Score>();
        // neither instrument scores by sex
        var mood = engine.score(phq9.id(), phq9.version(), phq9ByItem, Sex.UNKNOWN);
        filled.put(phq9.id(), phq9ByItem);
        answers.add(raw(phq9, phq9ByItem));
        scores.add(score(mood.scores().getFirst()));
        if (cssrsAnswers == null) {
            if (mood.opens().contains(cssrs.id())) {
                throw new RuleViolation(
                                "c-ssrs-needed",
                                "the last answer to PHQ-9 asks for the C-SSRS screener, there and then")
                        .withField("cssrs");
            }
            return new Assessment(answers, scores, SuicideRisk.NONE, filled);
        }
        var danger = cssrs(cssrsAnswers);
        filled.put(cssrs.id(), cssrsAnswers);
        answers.add(raw(cssrs, cssrsAnswers));
        scores.add(score(danger));
        return new Assessment(answers, scores, risk(Objects.requireNonNull(danger.band())), filled);
    }

    /** The engine's refusals, in the words of this request. */
    private ScaleScore cssrs(Map<String, String> answers) {
        try {
            return engine.score(cssrs.id(), cssrs.version(), answers, Sex.UNKNOWN)
                    .scores()
                    .getFirst();
        } catch (RuleViolation refused) {
            String rule = refused.rule().replaceFirst("^(assessment|answer)", cssrs.id());
            String field = String.valueOf(refused.field()).replaceFirst("^answers", "cssrs");
            throw new RuleViolation(rule, String.valueOf(refused.getMessage())).withField(field);
        }
    }

    private static InstrumentAnswers raw(Instrument of, Map<String, String> answers) {
        return new InstrumentAnswers(
                of.id(),
                of.version(),
                of.items().stream()
                        .map(item -> answers.getOrDefault(item.id(), ""))
                        .toList());
    }

    private static Score score(ScaleScore of) {
        return new Score(of.instrument(), of.version(), of.value().intValueExact(), String.valueOf(of.band()));
    }

    static SuicideRisk risk(String band) {
        return SuicideRisk.valueOf(band.toUpperCase(Locale.ROOT));
    }
}
