package clinicops.intake.patient;

import java.time.Instant;
import java.util.List;

/**
 * One screening: what was answered, how it scored, and what the rules made of it.
 *
 * @param findings one per rule of the rule set, in its order
 * @param outcome the gravest of all findings
 * @param ruleSetVersion the version of the contraindications that judged it
 * @param takenBy username
 */
public record Screening(
        List<InstrumentAnswers> answers,
        History history,
        List<Score> scores,
        SuicideRisk suicideRisk,
        List<Finding> findings,
        Outcome outcome,
        String ruleSetVersion,
        Instant completedAt,
        String takenBy) {

    /** The same answers under another judgement. */
    Screening judged(List<Finding> now, Outcome gravest, String version) {
        return new Screening(answers, history, scores, suicideRisk, now, gravest, version, completedAt, takenBy);
    }

    /** Rules that gave this outcome. */
    public List<String> rulesWith(Outcome wanted) {
        return findings.stream()
                .filter(f -> f.outcome() == wanted)
                .map(Finding::rule)
                .toList();
    }
}
