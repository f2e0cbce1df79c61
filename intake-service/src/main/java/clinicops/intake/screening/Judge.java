package clinicops.intake.screening;

import clinicops.intake.patient.Condition;
import clinicops.intake.patient.Finding;
import clinicops.intake.patient.Outcome;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.camunda.feel.syntaxtree.ParsedExpression;
import org.jspecify.annotations.Nullable;

/**
 * One rule set, parsed and ready to judge. A rule that comes to neither yes nor no, because a fact is missing or of another
 * kind, needs review: nothing is ever cleared that wasn't judged.
 *
 * <p>Rules that read the same facts are judged together, and once for the same values: of a patient whose blood pressure was
 * taken anew only what reads the blood pressure is judged again. See ADR 0016.
 */
final class Judge {
    /** Some hundred bytes each; a clinic's patients have far fewer different ones. */
    private static final int KEPT_ANSWERS = 20_000;

    /** What answers otherwise another day, of the same facts. */
    private static final Pattern CHANGING = Pattern.compile("\\b(now|today|random number)\\s*\\(");

    private final RuleSet rules;
    private final List<Group> groups;

    /**
     * @throws IllegalArgumentException when a rule can't be read or asks for more than the facts, or no rule names a condition
     *     that a history may hold
     */
    Judge(RuleSet rules) {
        this.rules = rules;
        // each alone first, so that what is wrong is told by its rule's name
        rules.rules().forEach(rule -> {
            Feel.parse(rule.id(), entry(rule));
            if (CHANGING.matcher(entry(rule)).find()) {
                throw new IllegalArgumentException(rule.id() + " judges by more than the facts");
            }
        });
        groups = IntStream.range(0, rules.rules().size())
                .boxed()
                .collect(Collectors.groupingBy(
                        i -> factsReadBy(rules.rules().get(i)), LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(group -> new Group(group.getKey(), group.getValue(), rules))
                .toList();
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

    /** One too many does no harm: it only makes the answers good for fewer patients. */
    private static List<String> factsReadBy(RuleSet.Rule rule) {
        Set<String> words = Set.copyOf(Arrays.asList((rule.when() + ' ' + rule.about()).split("\\W+")));
        return Facts.NAMES.stream().filter(words::contains).toList();
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
        var findings = new Finding[rules.rules().size()];
        for (var group : groups) {
            var answers = group.answers(context);
            for (int i = 0; i < answers.size(); i++) {
                int place = group.places().get(i);
                findings[place] = finding(rules.rules().get(place), answers.get(i));
            }
        }
        return List.of(findings);
    }

    /** What a condition came to, null when to neither yes nor no; and what it is about. */
    private record Answer(@Nullable Boolean held, List<String> about) {
        static Answer of(@Nullable Object given) {
            return given instanceof Map<?, ?> entry && entry.get("held") instanceof Boolean held
                    ? new Answer(
                            held,
                            entry.get("about") instanceof List<?> names
                                    ? names.stream().map(String::valueOf).toList()
                                    : List.of())
                    : new Answer(null, List.of());
        }
    }

    /**
     * Rules that read the same facts.
     *
     * @param places where in the rule set each of them stands
     * @param all the rules as one list: judged one by one they take ten times as long
     */
    private record Group(
            List<String> facts, List<Integer> places, ParsedExpression all, Cache<List<Object>, List<Answer>> known) {
        Group(List<String> facts, List<Integer> places, RuleSet rules) {
            this(
                    facts,
                    places,
                    Feel.parse(
                            rules.version(),
                            places.stream()
                                    .map(place -> entry(rules.rules().get(place)))
                                    .collect(Collectors.joining(",\n", "[", "]"))),
                    Caffeine.newBuilder().maximumSize(KEPT_ANSWERS).build());
        }

        List<Answer> answers(Map<String, Object> context) {
            List<Object> values = facts.stream().map(context::get).toList();
            return known.get(values, _ -> judged(context));
        }

        private List<Answer> judged(Map<String, Object> context) {
            var answers = Feel.evaluate(all, context) instanceof List<?> list ? list : List.of();
            return IntStream.range(0, places.size())
                    .mapToObj(i -> Answer.of(i < answers.size() ? answers.get(i) : null))
                    .toList();
        }
    }

    private Finding finding(RuleSet.Rule rule, Answer answer) {
        if (answer.held() == null) {
            return finding(rule, Outcome.NEEDS_REVIEW, rules.unjudged(), List.of());
        }
        return answer.held()
                ? finding(rule, rule.outcome(), rule.reason().about(answer.about()), answer.about())
                : finding(rule, Outcome.CLEARED, rule.cleared(), List.of());
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
}
