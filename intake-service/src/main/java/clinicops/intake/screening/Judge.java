package clinicops.intake.screening;

import clinicops.intake.patient.Condition;
import clinicops.intake.patient.Finding;
import clinicops.intake.patient.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.camunda.feel.syntaxtree.ParsedExpression;

/**
 * One rule set, parsed and ready to judge. A rule that comes to neither yes nor no, because a fact is missing or of another
 * kind, needs review: nothing is ever cleared that wasn't judged.
 */
final class Judge {
    private static final FeelEngineApi FEEL = FeelEngineBuilder.forJava().build();

    private final RuleSet rules;
    /** All rules as one list: judged one by one they take ten times as long, see ADR 0016. */
    private final ParsedExpression all;

    /** @throws IllegalArgumentException when a rule can't be read, or no rule names a condition that a history may hold */
    Judge(RuleSet rules) {
        this.rules = rules;
        rules.rules().forEach(rule -> parse(rule.id(), entry(rule)));
        all = parse(
                rules.version(), rules.rules().stream().map(Judge::entry).collect(Collectors.joining(",\n", "[", "]")));
        var unjudged = Arrays.stream(Condition.values())
                .filter(condition ->
                        rules.rules().stream().noneMatch(rule -> rule.when().contains('"' + condition.code() + '"')))
                .toList();
        if (!unjudged.isEmpty()) {
            throw new IllegalArgumentException("no rule judges " + unjudged);
        }
    }

    private static String entry(RuleSet.Rule rule) {
        return "{held: " + rule.when() + ", about: if held then " + rule.about() + " else []}";
    }

    RuleSet rules() {
        return rules;
    }

    String version() {
        return rules.version();
    }

    /** One finding per rule, in the order of the rules. */
    List<Finding> judge(Facts facts) {
        var result = FEEL.evaluate(all, facts.context());
        var answers = result.isSuccess() && result.result() instanceof List<?> list ? list : List.of();
        var findings = new ArrayList<Finding>();
        for (int i = 0; i < rules.rules().size(); i++) {
            var answer = i < answers.size() && answers.get(i) instanceof Map<?, ?> context ? context : Map.of();
            findings.add(finding(rules.rules().get(i), answer));
        }
        return List.copyOf(findings);
    }

    private Finding finding(RuleSet.Rule rule, Map<?, ?> answer) {
        if (Boolean.FALSE.equals(answer.get("held"))) {
            return finding(rule, Outcome.CLEARED, rule.cleared(), List.of());
        }
        if (Boolean.TRUE.equals(answer.get("held"))) {
            List<String> about = answer.get("about") instanceof List<?> names
                    ? names.stream().map(String::valueOf).toList()
                    : List.of();
            return finding(rule, rule.outcome(), rule.reason().about(about), about);
        }
        return finding(rule, Outcome.NEEDS_REVIEW, rules.unjudged(), List.of());
    }

    private static Finding finding(RuleSet.Rule rule, Outcome outcome, RuleSet.Wording says, List<String> about) {
        boolean clearable = outcome == Outcome.NEEDS_REVIEW || (outcome == Outcome.EXCLUDED && rule.overridable());
        return new Finding(
                rule.id(),
                outcome,
                says.en(),
                says.es(),
                about,
                rule.source(),
                rule.mark(),
                clearable ? Finding.PRESCRIBER : null,
                rule.concerns());
    }

    private static ParsedExpression parse(String name, String expression) {
        var result = FEEL.parseExpression(expression);
        if (!result.isSuccess()) {
            throw new IllegalArgumentException(
                    name + " is no FEEL: " + result.failure().message());
        }
        return result.parsedExpression();
    }
}
