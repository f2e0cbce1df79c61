package clinicops.intake.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinicops.intake.patient.Condition;
import clinicops.intake.patient.Finding;
import clinicops.intake.patient.History;
import clinicops.intake.patient.Outcome;
import clinicops.intake.patient.Pregnancy;
import clinicops.intake.rulebook.RuleBook;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ContraindicationsTest {
    private final Contraindications rules = new RuleBook().read("contraindications", Contraindications.class);

    @Test
    void eightRulesEachGiveOneFinding() {
        assertThat(rules.judge(healthy(), 40))
                .extracting(Finding::rule)
                .containsExactly(
                        "psychosis-or-mania",
                        "brain-vessels-or-allergy",
                        "substance-use",
                        "blood-pressure",
                        "age",
                        "pregnancy",
                        "theophylline",
                        "interacting-drugs");
    }

    @Test
    void aHealthyAdultIsCleared() {
        var findings = rules.judge(healthy(), 40);

        assertThat(findings).allMatch(f -> f.outcome() == Outcome.CLEARED);
        assertThat(Contraindications.gravest(findings)).isEqualTo(Outcome.CLEARED);
        assertThat(findings).allSatisfy(f -> {
            assertThat(f.source()).isNotBlank();
            assertThat(f.reason()).isNotBlank();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "PSYCHOSIS, psychosis-or-mania, EXCLUDED",
        "SCHIZOPHRENIA_HISTORY, psychosis-or-mania, EXCLUDED",
        "UNCONTROLLED_MANIA, psychosis-or-mania, EXCLUDED",
        "ANEURYSMAL_VASCULAR_DISEASE, brain-vessels-or-allergy, EXCLUDED",
        "ARTERIOVENOUS_MALFORMATION, brain-vessels-or-allergy, EXCLUDED",
        "INTRACEREBRAL_HAEMORRHAGE, brain-vessels-or-allergy, EXCLUDED",
        "KETAMINE_ALLERGY, brain-vessels-or-allergy, EXCLUDED",
        "SUBSTANCE_USE_ACTIVE, substance-use, NEEDS_REVIEW",
        "SUBSTANCE_USE_HISTORY, substance-use, NEEDS_REVIEW"
    })
    void eachConditionIsJudged(Condition condition, String rule, Outcome outcome) {
        var history = new History(List.of(condition), List.of(), 2, 120, 80, KG, Pregnancy.NO);

        assertThat(only(history, 40)).isEqualTo(rule + " " + outcome);
    }

    @ParameterizedTest
    @EnumSource(Condition.class)
    void noConditionIsEverClearedSilently(Condition condition) {
        var history = new History(List.of(condition), List.of(), 2, 120, 80, KG, Pregnancy.NO);

        assertThat(Contraindications.gravest(rules.judge(history, 40))).isNotEqualTo(Outcome.CLEARED);
    }

    @ParameterizedTest
    @CsvSource({"140, 90, nothing", "141, 90, blood-pressure NEEDS_REVIEW", "140, 91, blood-pressure NEEDS_REVIEW"})
    void bloodPressureAboveTheLimitNeedsReview(int systolic, int diastolic, String finding) {
        var history = new History(List.of(), List.of(), 2, systolic, diastolic, KG, Pregnancy.NO);

        assertThat(only(history, 40)).isEqualTo(finding);
    }

    @ParameterizedTest
    @CsvSource({"17, age EXCLUDED", "18, nothing"})
    void treatmentIsForAdults(int age, String finding) {
        assertThat(only(healthy(), age)).isEqualTo(finding);
    }

    @ParameterizedTest
    @CsvSource({"YES, pregnancy EXCLUDED", "UNKNOWN, pregnancy NEEDS_REVIEW", "NO, nothing", "NOT_APPLICABLE, nothing"})
    void pregnancyExcludesAndDoubtNeedsReview(Pregnancy pregnancy, String finding) {
        assertThat(only(new History(List.of(), List.of(), 2, 120, 80, KG, pregnancy), 40))
                .isEqualTo(finding);
    }

    @ParameterizedTest
    @CsvSource({
        "aminophylline, theophylline EXCLUDED",
        "lorazepam, interacting-drugs NEEDS_REVIEW",
        "Lorazepam 1 mg at night, interacting-drugs NEEDS_REVIEW",
        "oxycodone, interacting-drugs NEEDS_REVIEW",
        "zolpidem, interacting-drugs NEEDS_REVIEW",
        "methylphenidate, interacting-drugs NEEDS_REVIEW",
        "phenelzine, interacting-drugs NEEDS_REVIEW",
        "lamotrigine, interacting-drugs NEEDS_REVIEW",
        "Sertraline, nothing",
        "sertralin, interacting-drugs NEEDS_REVIEW",
        "sertraline with something, interacting-drugs NEEDS_REVIEW"
    })
    void drugsAreClearedOnlyByTheirExactName(String drug, String finding) {
        var outcome = Contraindications.gravest(rules.judge(taking(drug), 40));
        var findings = rules.judge(taking(drug), 40).stream()
                .filter(f -> f.outcome() == outcome && outcome != Outcome.CLEARED)
                .map(f -> f.rule() + " " + f.outcome())
                .toList();

        assertThat(findings.isEmpty() ? "nothing" : findings.getFirst()).isEqualTo(finding);
    }

    @Test
    void theReasonNamesTheInteraction() {
        var finding =
                rules.judge(taking("Lorazepam", "Oxycodone", "Zorblax"), 40).getLast();

        assertThat(finding.reason())
                .contains("Lorazepam is a benzodiazepine")
                .contains("Oxycodone is an opioid")
                .contains("Zorblax is not on our list yet");
    }

    @Test
    void theGravestFindingDecides() {
        var history = new History(
                List.of(Condition.SUBSTANCE_USE_HISTORY), List.of("theophylline"), 2, 120, 80, KG, Pregnancy.NO);

        assertThat(Contraindications.gravest(rules.judge(history, 40))).isEqualTo(Outcome.EXCLUDED);
    }

    @Test
    void refusesARuleSetThatLeavesAConditionUnjudged() {
        assertThatThrownBy(() -> new Contraindications(
                        "contraindications",
                        "2027-01",
                        "x",
                        "y",
                        rules.effectiveFrom(),
                        rules.rules().subList(1, rules.rules().size())))
                .hasMessageContaining("PSYCHOSIS");
    }

    private static final BigDecimal KG = new BigDecimal("70");

    private static History healthy() {
        return new History(List.of(), List.of("sertraline"), 2, 120, 80, KG, Pregnancy.NO);
    }

    private static History taking(String... drugs) {
        return new History(List.of(), List.of(drugs), 2, 120, 80, KG, Pregnancy.NO);
    }

    /** The one finding that is no clearance, or "nothing". */
    private String only(History history, int age) {
        var found = rules.judge(history, age).stream()
                .filter(f -> f.outcome() != Outcome.CLEARED)
                .map(f -> f.rule() + " " + f.outcome())
                .toList();
        assertThat(found).hasSizeLessThan(2);
        return found.isEmpty() ? "nothing" : found.getFirst();
    }
}
