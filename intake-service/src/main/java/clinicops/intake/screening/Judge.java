package clinicops.intake.screening;

import clinicops.intake.patient.Condition;
import clinicops.intake.patient.Finding;
import clinicops.intake.patient.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
    private final List<Parsed> parsed;

    private record Parsed(RuleSet.Rule rule, ParsedExpression when, ParsedExpression about) {}

    /** @throws IllegalArgumentException when a rule can't be read, or no rule names a condition that a history may hold */
    Judge(RuleSet rules) {
        this.rules = rules;
        parsed = rules.rules().stream()
                .map(rule -> new Parsed(rule, parse(rule, rule.when()), parse(rule, rule.about())))
                .toList();
        var unjudged = Arrays.stream(Condition.values())
                .filter(condition ->
                        rules.rules().stream().noneMatch(rule -> rule.when().contains('"' + condition.code() + '"')))
                .toList();
        if (!unjudged.isEmpty()) {
            throw new IllegalArgumentException("no rule judges " + unjudged);
        }
    }

    RuleSet rules() {
        return rules;
    }

    String version() {
        return rules.version();
    }

    /** One finding per rule, in the order of the rules. */
    List<Finding> judge(Facts facts) {
        var context = facts.context();
        return parsed.stream().map(rule -> finding(rule, context)).toList();
    }

    private Finding finding(Parsed parsed, Map<String, Object> context) {
        var rule = parsed.rule();
        var result = FEEL.evaluate(parsed.when(), context);
        if (result.isSuccess() && Boolean.FALSE.equals(result.result())) {
            return finding(rule, Outcome.CLEARED, rule.cleared(), List.of());
        }
        if (result.isSuccess() && Boolean.TRUE.equals(result.result())) {
            var about = about(parsed, context);
            return finding(rule, rule.outcome(), rule.reason().about(about), about);
        }
        return finding(rule, Outcome.NEEDS_REVIEW, rules.unjudged(), List.of());
    }

    private static List<String> about(Parsed parsed, Map<String, Object> context) {
        var result = FEEL.evaluate(parsed.about(), context);
        return result.isSuccess() && result.result() instanceof List<?> names
                ? names.stream().map(String::valueOf).toList()
                : List.of();
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

    private static ParsedExpression parse(RuleSet.Rule rule, String expression) {
        var result = FEEL.parseExpression(expression);
        if (!result.isSuccess()) {
            throw new IllegalArgumentException(
                    rule.id() + " is no FEEL: " + result.failure().message());
        }
        return result.parsedExpression();
    }
}
