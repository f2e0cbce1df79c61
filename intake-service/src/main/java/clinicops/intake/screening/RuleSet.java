package clinicops.intake.screening;

import clinicops.intake.patient.ClearanceKind;
import clinicops.intake.patient.Outcome;
import clinicops.intake.rulebook.Approved;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;

/**
 * One version of the clinic's rules on who may be treated with (es)ketamine. Every version that ever judged stays on the class
 * path, so that a verdict can be judged again under the rules of its day.
 *
 * @param unjudged what a finding says whose rule came to no answer
 */
record RuleSet(
        String id,
        String version,
        String source,
        String approver,
        LocalDate effectiveFrom,
        Wording unjudged,
        List<Rule> rules)
        implements Approved {

    /**
     * One contraindication or caution.
     *
     * @param mark P for published, K for practice that the medical director has to confirm
     * @param source label, study or practice that it rests on
     * @param when condition in FEEL (OMG Decision Model and Notation) over the components of {@link Facts}
     * @param about FEEL list of texts: what {@code {about}} in the wording names, and what makes a later finding another one
     * @param outcome what it says when {@code when} is true
     * @param overridable whether a prescriber may, with a reason, treat in spite of an exclusion
     * @param concerns clearances that lapse when this is found anew
     * @param reason why, in words that a patient could read
     * @param cleared what it says when it finds nothing
     */
    record Rule(
            String id,
            String mark,
            String source,
            String when,
            String about,
            Outcome outcome,
            boolean overridable,
            List<ClearanceKind> concerns,
            Wording reason,
            Wording cleared) {}

    /** One text in both languages of the clinic. */
    record Wording(String en, String es) {
        Wording about(List<String> names) {
            return new Wording(
                    en.replace("{about}", String.join(", ", names)), es.replace("{about}", String.join(", ", names)));
        }
    }

    RuleSet {
        var ids = new HashSet<String>();
        for (Rule rule : rules) {
            if (!ids.add(rule.id())) {
                throw new IllegalArgumentException("two rules are called " + rule.id());
            }
            if (rule.source().isBlank() || !List.of("P", "K").contains(rule.mark())) {
                throw new IllegalArgumentException(rule.id() + " does not say what it rests on");
            }
        }
    }
}
