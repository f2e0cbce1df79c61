package clinicops.intake.screening;

import clinicops.intake.patient.Condition;
import clinicops.intake.patient.Finding;
import clinicops.intake.patient.History;
import clinicops.intake.patient.Outcome;
import clinicops.intake.rulebook.Approved;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The clinic's rules on who may be treated with (es)ketamine. A rule set is refused as a whole when a condition that the history
 * may name is judged by no rule.
 */
record Contraindications(
        String id, String version, String source, String approver, LocalDate effectiveFrom, List<Rule> rules)
        implements Approved {

    Contraindications {
        var judged = rules.stream()
                .flatMap(rule -> rule instanceof Rule.OfConditions of ? of.conditions().stream() : null)
                .toList();
        var unjudged = Arrays.stream(Condition.values())
                .filter(c -> !judged.contains(c))
                .toList();
        if (!unjudged.isEmpty()) {
            throw new IllegalArgumentException("no rule judges " + unjudged);
        }
        if (rules.stream().map(Rule::id).distinct().count() != rules.size()) {
            throw new IllegalArgumentException("two rules share an id");
        }
    }

    /** One finding per rule, in the order of the rules. */
    List<Finding> judge(History history, int age) {
        return rules.stream().map(rule -> rule.judge(history, age)).toList();
    }

    /** The gravest of them. */
    static Outcome gravest(List<Finding> findings) {
        return findings.stream()
                .map(Finding::outcome)
                .max(Comparator.naturalOrder())
                .orElse(Outcome.CLEARED);
    }
}
