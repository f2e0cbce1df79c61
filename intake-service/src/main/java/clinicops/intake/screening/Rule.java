package clinicops.intake.screening;

import clinicops.intake.patient.Condition;
import clinicops.intake.patient.Finding;
import clinicops.intake.patient.History;
import clinicops.intake.patient.Outcome;
import clinicops.intake.patient.Pregnancy;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One contraindication or caution. Judges a history and the patient's age; says why in words that a patient could read. {@code
 * mark} is P for published, K for practice that the medical director has to confirm.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Rule.OfConditions.class, name = "conditions"),
    @JsonSubTypes.Type(value = Rule.OfBloodPressure.class, name = "blood-pressure"),
    @JsonSubTypes.Type(value = Rule.OfAge.class, name = "age"),
    @JsonSubTypes.Type(value = Rule.OfPregnancy.class, name = "pregnancy"),
    @JsonSubTypes.Type(value = Rule.OfDrugs.class, name = "drugs"),
    @JsonSubTypes.Type(value = Rule.OfInteractions.class, name = "interactions")
})
sealed interface Rule {
    String id();

    String mark();

    String source();

    /** What it says when it finds nothing. */
    String cleared();

    Finding judge(History history, int age);

    private static Finding finding(Rule rule, Outcome outcome, String reason) {
        return new Finding(rule.id(), outcome, reason, rule.source() + " (" + rule.mark() + ")");
    }

    private static Finding nothing(Rule rule) {
        return finding(rule, Outcome.CLEARED, rule.cleared());
    }

    /** Any of these conditions. */
    record OfConditions(
            String id,
            String mark,
            String source,
            List<Condition> conditions,
            Outcome outcome,
            String reason,
            String cleared)
            implements Rule {
        @Override
        public Finding judge(History history, int age) {
            boolean found = history.conditions().stream().anyMatch(conditions::contains);
            return found ? finding(this, outcome, reason) : nothing(this);
        }
    }

    /** Either pressure at rest, in mmHg, above its limit. */
    record OfBloodPressure(
            String id,
            String mark,
            String source,
            int systolicAbove,
            int diastolicAbove,
            Outcome outcome,
            String reason,
            String cleared)
            implements Rule {
        @Override
        public Finding judge(History history, int age) {
            boolean found = history.systolic() > systolicAbove || history.diastolic() > diastolicAbove;
            return found ? finding(this, outcome, reason) : nothing(this);
        }
    }

    /** Younger than this, in completed years. */
    record OfAge(
            String id, String mark, String source, int youngestYears, Outcome outcome, String reason, String cleared)
            implements Rule {
        @Override
        public Finding judge(History history, int age) {
            return age < youngestYears ? finding(this, outcome, reason) : nothing(this);
        }
    }

    /** Pregnant, or nobody knows. */
    record OfPregnancy(String id, String mark, String source, Says yes, Says unknown, String cleared) implements Rule {
        record Says(Outcome outcome, String reason) {}

        @Override
        public Finding judge(History history, int age) {
            return switch (history.pregnancy()) {
                case Pregnancy.YES -> finding(this, yes.outcome(), yes.reason());
                case Pregnancy.UNKNOWN -> finding(this, unknown.outcome(), unknown.reason());
                case Pregnancy.NO, Pregnancy.NOT_APPLICABLE -> nothing(this);
            };
        }
    }

    /** Any of these drugs; {@code {drug}} in the reason is replaced by its name. */
    record OfDrugs(
            String id, String mark, String source, List<String> drugs, Outcome outcome, String reason, String cleared)
            implements Rule {
        @Override
        public Finding judge(History history, int age) {
            var reasons = history.drugs().stream()
                    .filter(given -> names(given, drugs))
                    .map(given -> about(reason, given))
                    .toList();
            return reasons.isEmpty() ? nothing(this) : finding(this, outcome, String.join(" ", reasons));
        }
    }

    /**
     * Drugs that interact, by group; and whatever is not known not to: a misspelt or new name is never cleared silently.
     *
     * @param known drugs without a known interaction, by their exact names
     */
    record OfInteractions(
            String id,
            String mark,
            String source,
            Outcome outcome,
            List<Group> groups,
            List<String> known,
            String unknownReason,
            String cleared)
            implements Rule {
        record Group(String name, String reason, List<String> drugs) {}

        @Override
        public Finding judge(History history, int age) {
            var reasons = new ArrayList<String>();
            for (String given : history.drugs()) {
                var interactions = groups.stream()
                        .filter(group -> names(given, group.drugs()))
                        .map(group -> about(group.reason(), given))
                        .toList();
                reasons.addAll(interactions);
                if (interactions.isEmpty() && !known.contains(plain(given))) {
                    reasons.add(about(unknownReason, given));
                }
            }
            return reasons.isEmpty() ? nothing(this) : finding(this, outcome, String.join(" ", reasons));
        }
    }

    /** True when some word of what was given is one of the drugs: "Lorazepam 1 mg at night" names lorazepam. */
    private static boolean names(String given, List<String> drugs) {
        String whole = plain(given);
        return drugs.contains(whole)
                || Arrays.stream(whole.split("[^\\p{L}\\p{N}-]+")).anyMatch(drugs::contains);
    }

    private static String about(String reason, String given) {
        return reason.replace("{drug}", given.strip());
    }

    private static String plain(String given) {
        return given.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    }
}
