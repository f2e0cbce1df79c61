package clinicops.intake.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinicops.intake.drug.Drugs;
import clinicops.intake.patient.ClearanceKind;
import clinicops.intake.patient.Condition;
import clinicops.intake.patient.Finding;
import clinicops.intake.patient.Outcome;
import clinicops.intake.patient.SuicideRisk;
import clinicops.intake.rulebook.RuleBook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may be treated: each row of the clinic's table of contraindications and cautions, at its limits. */
class RulesTest {
    private static final RuleBook BOOK = new RuleBook();
    private static final Drugs DRUGS = new Drugs(BOOK);
    private static final Judge RULES = new Judges(BOOK).inUse();

    @Test
    void aHealthyAdultIsHeldUpByNothing() {
        var findings = RULES.judge(healthy(p -> {}));

        assertThat(findings).hasSize(RULES.rules().rules().size());
        assertThat(findings).allMatch(f -> f.outcome() == Outcome.CLEARED);
        assertThat(findings).allSatisfy(f -> {
            assertThat(f.source()).isNotBlank();
            assertThat(f.mark()).isIn("P", "K");
            assertThat(f.reason()).isNotBlank().doesNotContain("{");
            assertThat(f.reasonEs()).isNotBlank().isNotEqualTo(f.reason());
            assertThat(f.clearableBy()).isNull();
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
        "SUBSTANCE_USE_HISTORY, substance-use, NEEDS_REVIEW",
        "UNSTABLE_ANGINA, heart-or-stroke-acute, EXCLUDED",
        "RECENT_STROKE, heart-or-stroke-acute, EXCLUDED",
        "RECENT_HEART_ATTACK, heart-or-stroke-acute, EXCLUDED",
        "HEART_FAILURE, heart-failure, NEEDS_REVIEW",
        "CARDIAC_HISTORY, heart-disease, NEEDS_REVIEW",
        "RAISED_INTRACRANIAL_PRESSURE, pressure-in-the-head, EXCLUDED",
        "RAISED_EYE_PRESSURE, pressure-in-the-eye, NEEDS_REVIEW",
        "SEVERE_LIVER_DISEASE, liver, NEEDS_REVIEW",
        "INTERSTITIAL_CYSTITIS, bladder, NEEDS_REVIEW",
        "UNCONTROLLED_THYROID_DISEASE, thyroid, NEEDS_REVIEW",
        "BREAST_FEEDING, breast-feeding, EXCLUDED",
        "NO_RELIABLE_CONTRACEPTION, contraception, NEEDS_REVIEW",
        "BIPOLAR_DISORDER, bipolar-disorder, NEEDS_REVIEW",
        "DELIRIUM, delirium-or-dementia, NEEDS_REVIEW",
        "DEMENTIA, delirium-or-dementia, NEEDS_REVIEW",
        "SEIZURES, seizures, NEEDS_REVIEW",
        "SLEEP_APNOEA, sleep-apnoea, NEEDS_REVIEW",
        "COPD, copd, NEEDS_REVIEW",
        "DIFFICULT_AIRWAY, difficult-airway, NEEDS_REVIEW",
        "BAD_REACTION_BEFORE, bad-reaction-before, NEEDS_REVIEW"
    })
    void eachConditionIsJudged(Condition condition, String rule, Outcome outcome) {
        assertThat(held(p -> p.conditions.add(condition.code()))).containsExactly(rule + " " + outcome);
    }

    @ParameterizedTest
    @EnumSource(Condition.class)
    void noConditionIsEverClearedSilently(Condition condition) {
        assertThat(held(p -> p.conditions.add(condition.code()))).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"140, 90, ", "141, 90, blood-pressure NEEDS_REVIEW", "140, 91, blood-pressure NEEDS_REVIEW"})
    void bloodPressureAboveTheLimitNeedsReview(int systolic, int diastolic, @Nullable String finding) {
        assertThat(held(p -> {
                    p.systolic = systolic;
                    p.diastolic = diastolic;
                }))
                .isEqualTo(finding == null ? List.of() : List.of(finding));
    }

    @ParameterizedTest
    @CsvSource({"17, age EXCLUDED", "18, ", "64, ", "65, age-65-or-older NEEDS_REVIEW"})
    void treatmentIsForAdultsAndWithCareForTheOld(int age, @Nullable String finding) {
        assertThat(held(p -> p.age = age)).isEqualTo(finding == null ? List.of() : List.of(finding));
    }

    @ParameterizedTest
    @CsvSource({
        "yes, , pregnancy EXCLUDED",
        "no, positive, pregnancy EXCLUDED",
        "unknown, , pregnancy-unknown NEEDS_REVIEW",
        "unknown, negative, ",
        "no, , ",
        "not-applicable, , "
    })
    void pregnancyExcludesAndDoubtNeedsReview(String answer, @Nullable String test, @Nullable String finding) {
        assertThat(held(p -> {
                    p.pregnancy = answer;
                    if (test != null) {
                        p.results.put("pregnancyTest", test);
                    }
                }))
                .isEqualTo(finding == null ? List.of() : List.of(finding));
    }

    @ParameterizedTest
    @CsvSource({
        "theophylline, theophylline EXCLUDED",
        "Aminofilina 100 mg, theophylline EXCLUDED",
        "lorazepam, benzodiazepines NEEDS_REVIEW",
        "Ativan 1 mg at night, benzodiazepines NEEDS_REVIEW",
        "morfina, opioids NEEDS_REVIEW",
        "Ambien, sedatives NEEDS_REVIEW",
        "Concerta 36mg daily, stimulants NEEDS_REVIEW",
        "phenelzine, mao-inhibitors NEEDS_REVIEW",
        "Lamictal, lamotrigine NEEDS_REVIEW",
        "Spravato, ketamine-elsewhere NEEDS_REVIEW",
        "sertralin, unknown-drug NEEDS_REVIEW",
        "sertraline with something, unknown-drug NEEDS_REVIEW",
        "glowberry extract, unknown-drug NEEDS_REVIEW"
    })
    void eachInteractionIsFoundUnderEveryNameAndNothingUnknownIsCleared(String drug, String finding) {
        assertThat(held(p -> p.drugs.add(drug))).containsExactly(finding);
    }

    @Test
    void anInteractionIsFoundBesideWordsThatNobodyKnows() {
        assertThat(held(p -> p.drugs.add("zorblax with lorazepam")))
                .containsExactly("benzodiazepines NEEDS_REVIEW", "unknown-drug NEEDS_REVIEW");
    }

    @Test
    void theReasonNamesTheDrugInBothLanguages() {
        var finding = RULES.judge(healthy(p -> p.drugs.addAll(List.of("Lorazepam", "Xanax")))).stream()
                .filter(f -> f.rule().equals("benzodiazepines"))
                .findFirst()
                .orElseThrow();

        assertThat(finding.about()).containsExactly("Lorazepam", "Xanax");
        assertThat(finding.reason()).startsWith("Lorazepam, Xanax: a benzodiazepine");
        assertThat(finding.reasonEs()).startsWith("Lorazepam, Xanax: una benzodiacepina");
        assertThat(finding.clearableBy()).isEqualTo("prescriber");
    }

    @ParameterizedTest
    @CsvSource({"AUDIT, 7, ", "AUDIT, 8, substance-screen", "DAST-10, 2, ", "DAST-10, 3, substance-screen"})
    void highScoresOnAlcoholAndDrugsAreAttached(String instrument, double score, @Nullable String rule) {
        var findings = heldFindings(p -> p.scores.put(instrument.toLowerCase().replace("-", ""), score));

        assertThat(findings).extracting(Finding::rule).isEqualTo(rule == null ? List.of() : List.of(rule));
        assertThat(findings).allSatisfy(f -> assertThat(f.reason()).contains(instrument + " " + (int) score));
    }

    @ParameterizedTest
    @CsvSource({
        "depression, 1, NONE, treatment-resistance",
        "depression, 2, NONE, ",
        "anxiety, 0, NONE, ",
        "depression, 0, HIGH, "
    })
    void depressionAsksForTwoFailedTreatmentsUnlessThereIsDanger(
            String indication, int failed, SuicideRisk risk, @Nullable String rule) {
        assertThat(heldFindings(p -> {
                    p.indication = indication;
                    p.failed = failed;
                    p.risk = risk;
                }))
                .extracting(Finding::rule)
                .isEqualTo(rule == null ? List.of() : List.of(rule));
    }

    @ParameterizedTest
    @CsvSource({
        "6, no-response, true, ",
        "5, no-response, true, treatment-resistance",
        "6, remission, true, treatment-resistance",
        "6, no-response, false, treatment-resistance"
    })
    void adequateTreatmentsOfTheRegistrationCount(int weeks, String outcome, boolean now, @Nullable String rule) {
        assertThat(heldFindings(p -> {
                    p.failed = 0;
                    p.tried.add(new Facts.Tried(8, "partial-response", true));
                    p.tried.add(new Facts.Tried(weeks, outcome, now));
                }))
                .extracting(Finding::rule)
                .isEqualTo(rule == null ? List.of() : List.of(rule));
    }

    @ParameterizedTest
    @CsvSource({
        "pdmpQuery, prescription-monitoring",
        "urineDrugScreen, urine-drug-screen",
        "ecg, ecg-or-laboratory",
        "lab, ecg-or-laboratory"
    })
    void anUnexpectedResultNeedsReview(String kind, String rule) {
        assertThat(held(p -> p.results.put(kind, "unexpected"))).containsExactly(rule + " NEEDS_REVIEW");
        assertThat(held(p -> p.results.put(kind, "expected"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"92, 120, ", "91, 80, vital-signs NEEDS_REVIEW", "98, 121, vital-signs NEEDS_REVIEW"})
    void pulseAndOxygenHaveLimits(int spo2, int heartRate, @Nullable String finding) {
        assertThat(held(p -> {
                    p.spo2 = spo2;
                    p.heartRate = heartRate;
                }))
                .isEqualTo(finding == null ? List.of() : List.of(finding));
    }

    @Test
    void anAllergyInFreeWordsExcludes() {
        assertThat(held(p -> p.allergies.add("Ketamina (rash)"))).containsExactly("reported-allergy EXCLUDED");
        assertThat(held(p -> p.allergies.add("penicillin"))).isEmpty();
    }

    @Test
    void aConditionThatNoRuleKnowsNeedsReview() {
        assertThat(held(p -> p.others.add("porphyria"))).containsExactly("other-condition NEEDS_REVIEW");
    }

    @Test
    void aRuleThatComesToNoAnswerNeedsReview() {
        var broken = with(rule("beyond-the-facts", "neverMeasured > 3", Outcome.EXCLUDED));

        assertThat(new Judge(broken).judge(healthy(p -> {})).getLast().outcome())
                .isEqualTo(Outcome.NEEDS_REVIEW);
    }

    @Test
    void aRuleThatCannotBeReadStopsTheService() {
        assertThatThrownBy(() -> new Judge(with(rule("typing-slip", "age > > 3", Outcome.EXCLUDED))))
                .hasMessageContaining("typing-slip");
    }

    @Test
    void aRuleJudgesTheFactsAndNeverTheDay() {
        assertThatThrownBy(() ->
                        new Judge(with(rule("after-the-deadline", "today() > date(\"2026-12-31\")", Outcome.EXCLUDED))))
                .hasMessageContaining("after-the-deadline");
    }

    @Test
    void whoWasJudgedBeforeChangesNothingForTheNext() {
        var random = new SplittableRandom(11);
        for (int i = 0; i < 300; i++) {
            var facts = healthy(p -> {
                p.age = 17 + random.nextInt(50);
                p.systolic = 138 + random.nextInt(5);
                p.conditions.add(Condition.values()[random.nextInt(Condition.values().length)].code());
                p.drugs.add(random.nextBoolean() ? "lorazepam" : "glowberry extract");
            });

            assertThat(RULES.judge(facts)).isEqualTo(new Judge(RULES.rules()).judge(facts));
        }
    }

    @Test
    void refusesARuleSetThatLeavesAConditionUnjudged() {
        var rules = RULES.rules();
        var less = new RuleSet(
                rules.id(),
                "2027-01",
                "x",
                "y",
                rules.effectiveFrom(),
                rules.unjudged(),
                rules.rules().subList(1, rules.rules().size()));

        assertThatThrownBy(() -> new Judge(less)).hasMessageContaining("PSYCHOSIS");
    }

    @Test
    void oldFactsAreJudgedUnderTheRulesOfTheirDay() {
        var stricter = with(rule("over-60", "age > 60", Outcome.EXCLUDED));
        var facts = healthy(p -> p.age = 61);

        assertThat(Verdicts.gravest(RULES.judge(facts))).isEqualTo(Outcome.CLEARED);
        assertThat(Verdicts.gravest(new Judge(stricter).judge(facts))).isEqualTo(Outcome.EXCLUDED);
    }

    private static RuleSet.Rule rule(String id, String when, Outcome outcome) {
        var wording = new RuleSet.Wording("why", "porque");
        return new RuleSet.Rule(
                id, "K", "x", when, "[]", outcome, false, List.of(ClearanceKind.MEDICAL), wording, wording);
    }

    private static RuleSet with(RuleSet.Rule rule) {
        var rules = new ArrayList<>(RULES.rules().rules());
        rules.add(rule);
        return new RuleSet(
                RULES.rules().id(),
                "2027-01",
                "x",
                "y",
                RULES.rules().effectiveFrom(),
                RULES.rules().unjudged(),
                rules);
    }

    private static List<Finding> heldFindings(Consumer<Person> change) {
        return RULES.judge(healthy(change)).stream()
                .filter(f -> f.outcome() != Outcome.CLEARED)
                .toList();
    }

    /** What stands in the way, as "rule OUTCOME". */
    private static List<String> held(Consumer<Person> change) {
        return heldFindings(change).stream()
                .map(f -> f.rule() + " " + f.outcome())
                .toList();
    }

    private static Facts healthy(Consumer<Person> change) {
        var person = new Person();
        change.accept(person);
        return person.facts();
    }

    private static final class Person {
        int age = 40;
        String indication = "depression";
        SuicideRisk risk = SuicideRisk.NONE;
        final List<String> conditions = new ArrayList<>();
        final List<String> others = new ArrayList<>();
        final List<String> drugs = new ArrayList<>(List.of("Sertraline 50 mg daily"));
        final List<String> allergies = new ArrayList<>();
        int failed = 2;
        final List<Facts.Tried> tried = new ArrayList<>();
        int systolic = 120;
        int diastolic = 80;

        @Nullable
        Integer heartRate;

        @Nullable
        Integer spo2;

        String pregnancy = "no";
        final Map<String, Double> scores = new HashMap<>();
        final Map<String, String> results = new HashMap<>();

        Facts facts() {
            return new Facts(
                    age,
                    "female",
                    indication,
                    risk,
                    conditions,
                    others,
                    drugs.stream().map(DRUGS::normalise).toList(),
                    allergies,
                    failed,
                    tried,
                    systolic,
                    diastolic,
                    heartRate,
                    spo2,
                    pregnancy,
                    scores,
                    results);
        }
    }
}
