package clinicops.intake.patient;

import java.time.Instant;
import java.util.Comparator;
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
    Screening judged(List<Finding> now, String version) {
        Outcome gravest = now.stream()
                .map(Finding::outcome)
                .max(Comparator.naturalOrder())
                .orElse(Outcome.CLEARED);
        return new Screening(answers, history, scores, suicideRisk, now, gravest, version, completedAt, takenBy);
    }

    /** What is held against the patient here and was not, or was about something else, before. */
    List<Finding> raisedSince(Screening before) {
        return findings.stream()
                .filter(f -> f.outcome() != Outcome.CLEARED)
                .filter(f -> before.findings.stream().noneMatch(f::isCoveredBy))
                .toList();
    }

    /** Rules whose finding a prescriber must weigh before the medical clearance. */
    List<String> rulesToWeigh() {
        return findings.stream()
                .filter(f -> f.outcome() != Outcome.CLEARED)
                .map(Finding::rule)
                .toList();
    }

    /** Rules that gave this outcome. */
    public List<String> rulesWith(Outcome wanted) {
        return findings.stream()
                .filter(f -> f.outcome() == wanted)
                .map(Finding::rule)
                .toList();
    }
}
