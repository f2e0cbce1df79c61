package clinicops.intake.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinicops.chassis.RuleViolation;
import clinicops.intake.instrument.Instrument.Result;
import clinicops.intake.patient.Sex;
import clinicops.intake.safety.AlertReason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scores as they are published. Answers stand in the order of the items; {@code -} is not answered. */
class InstrumentEngineTest {
    private final InstrumentEngine engine = InstrumentEngines.real();

    @Test
    void theClinicHasEveryInstrumentOfItsList() {
        assertThat(engine.all().stream().map(Instrument::id))
                .containsExactlyInAnyOrder(
                        "phq-9",
                        "gad-7",
                        "c-ssrs",
                        "c-ssrs-since-last-contact",
                        "pcl-5",
                        "audit-c",
                        "audit",
                        "dast-10",
                        "pain-nrs",
                        "bpi",
                        "cadss",
                        "cadss-6",
                        "madrs",
                        "mood-check-in");
    }

    @Test
    void eachSaysItsSourceItsLicenceAndItsTextsInBothLanguages() {
        assertThat(engine.all()).allSatisfy(instrument -> {
            assertThat(instrument.licence().note()).isNotBlank();
            assertThat(instrument.licence().wording()).isIn("full", "labels");
            assertThat(instrument.items()).allSatisfy(item -> {
                assertThat(item.text().en()).isNotBlank();
                assertThat(item.text().es()).isNotBlank();
                assertThat(instrument.choicesOf(item)).hasSizeGreaterThan(1).allSatisfy(choice -> {
                    assertThat(choice.text().en()).isNotBlank();
                    assertThat(choice.text().es()).isNotBlank();
                });
            });
        });
    }

    @ParameterizedTest
    @CsvSource({
        // from the least to the greatest that can be reached
        "phq-9, total, 9, 0, 27",
        "gad-7, total, 7, 0, 21",
        "c-ssrs, risk, 6, 0, 3",
        "c-ssrs-since-last-contact, risk, 6, 0, 3",
        "pcl-5, total, 20, 0, 80",
        "audit-c, total, 3, 0, 12",
        "audit, total, 10, 0, 40",
        "dast-10, total, 10, 0, 10",
        "pain-nrs, total, 1, 0, 10",
        "bpi, severity, 12, 0, 10",
        "bpi, interference, 12, 0, 10",
        "cadss, total, 23, 0, 92",
        "cadss-6, total, 6, 0, 24",
        "madrs, total, 10, 0, 60",
        "mood-check-in, mood, 9, 0, 10"
    })
    void rangesAreAsPublished(String id, String scale, int items, int least, int most) {
        Instrument instrument = engine.current(id).orElseThrow();
        var range = instrument.scale(scale).orElseThrow().range(instrument);

        assertThat(instrument.items()).hasSize(items);
        assertThat(range.least()).isEqualByComparingTo(String.valueOf(least));
        assertThat(range.most()).isEqualByComparingTo(String.valueOf(most));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "phq-9, 0 0 0 0 0 0 0 0 0, 0, minimal",
                "phq-9, 1 1 1 1 0 0 0 0 0, 4, minimal",
                "phq-9, 1 1 1 1 1 0 0 0 0, 5, mild",
                "phq-9, 2 2 2 2 2 0 0 0 0, 10, moderate",
                "phq-9, 2 2 2 2 2 2 2 1 0, 15, moderately-severe",
                "phq-9, 3 3 3 3 3 3 1 0 0, 19, moderately-severe",
                "phq-9, 3 3 3 3 3 3 2 0 0, 20, severe",
                "phq-9, 3 3 3 3 3 3 3 3 3, 27, severe",
                "gad-7, 1 1 1 1 0 0 0, 4, minimal",
                "gad-7, 1 1 1 1 1 0 0, 5, mild",
                "gad-7, 2 2 2 2 1 0 0, 9, mild",
                "gad-7, 2 2 2 2 2 0 0, 10, moderate",
                "gad-7, 2 2 2 2 2 2 2, 14, moderate",
                "gad-7, 3 2 2 2 2 2 2, 15, severe",
                "gad-7, 3 3 3 3 3 3 3, 21, severe",
                "pcl-5, 4 4 4 4 4 4 4 4 0 0 0 0 0 0 0 0 0 0 0 0, 32, below-cut",
                "pcl-5, 4 4 4 4 4 4 4 4 1 0 0 0 0 0 0 0 0 0 0 0, 33, provisional-ptsd",
                "pcl-5, 4 4 4 4 4 4 4 4 4 4 4 4 4 4 4 4 4 4 4 4, 80, provisional-ptsd",
                "audit, 1 1 1 1 1 1 1 0 0 0, 7, low-risk",
                "audit, 2 1 1 1 1 1 1 0 0 0, 8, hazardous",
                "audit, 3 3 3 1 1 1 1 0 2 0, 15, hazardous",
                "audit, 3 3 3 1 1 1 0 0 4 0, 16, harmful",
                "audit, 3 3 3 1 1 0 0 0 4 4, 19, harmful",
                "audit, 3 3 3 1 1 1 0 0 4 4, 20, possible-dependence",
                "audit, 4 4 4 4 4 4 4 4 4 4, 40, possible-dependence",
                "audit, 0 - - - - - - - 0 0, 0, low-risk",
                "audit, 1 0 0 - - - - - 2 0, 3, low-risk",
                // no to the reversed item 3 is the point: never used drugs is a 0
                "dast-10, no no yes no no no no no no no, 0, none",
                "dast-10, yes no yes no no no no no no no, 1, low",
                "dast-10, yes no no no no no no no no no, 2, low",
                "dast-10, yes yes no no no no no no no no, 3, moderate",
                "dast-10, yes yes no yes yes no no no no yes, 6, substantial",
                "dast-10, yes yes no yes yes yes yes yes no yes, 9, severe",
                "dast-10, yes yes no yes yes yes yes yes yes yes, 10, severe",
                "dast-10, yes yes yes yes yes yes yes yes yes yes, 9, severe",
                "pain-nrs, 7, 7, -",
                "cadss-6, 1 2 3 4 0 1, 11, -",
                "madrs, 0 0 0 0 0 0 0 0 0 6, 6, absent",
                "madrs, 1 1 1 1 1 1 1 0 0 0, 7, mild",
                "madrs, 2 2 2 2 2 2 2 2 2 2, 20, moderate",
                "madrs, 4 4 4 4 4 4 4 0 0 0, 28, moderate",
                "madrs, 5 5 5 5 5 5 5 0 0 0, 35, severe",
                "madrs, 6 6 6 6 6 6 6 6 6 6, 60, severe"
            })
    void totalsFallIntoTheirPublishedBands(String id, String answers, int total, String band) {
        var score = score(id, answers, Sex.FEMALE).scores().getFirst();

        assertThat(score.value()).isEqualByComparingTo(String.valueOf(total));
        assertThat(score.band()).isEqualTo(band);
    }

    /** Answers that others have published together with the score that they come to. */
    @ParameterizedTest(name = "{0}: {1} is {2} ({4})")
    @CsvSource({
        // made with the LHC-Forms app of the US National Library of Medicine
        "phq-9, 2 2 2 2 1 1 2 0 0, 12, moderate, HL7/US-Core QuestionnaireResponse-phq-9-example",
        "phq-9, 1 1 2 1 0 1 1 0 0, 7, mild, paciowg/sample-data-fsh PHQ9Example1",
        "phq-9, 1 1 1 1 0 1 1 0 0, 6, mild, paciowg/sample-data-fsh PHQ9Example2",
        "gad-7, 1 1 1 1 0 1 1, 6, mild, paciowg/sample-data-fsh GAD7Example1",
        "pcl-5, 4 3 1 0 3 3 4 1 2 0 3 1 0 0 1 2 4 0 0 3, 35, provisional-ptsd, awell-health/awell-score pcl_5 random_response",
        "pcl-5, 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2, 40, provisional-ptsd, awell-health/awell-score pcl_5 median_response",
        "audit, 4 1 2 3 3 1 4 2 2 2, 24, possible-dependence, awell-health/awell-score audit random_response",
        "audit, 2 2 2 2 2 2 2 2 2 2, 20, possible-dependence, awell-health/awell-score audit median_response",
        "audit-c, 0 0 0, 0, negative, HL7/US-Core Observation-AUDIT-C-item-example-75626-2"
    })
    void workedExamplesOfOthersComeToTheSameScore(String id, String answers, int total, String band, String source) {
        var score = score(id, answers, Sex.FEMALE).scores().getFirst();

        assertThat(score.value()).as(source).isEqualByComparingTo(String.valueOf(total));
        assertThat(score.band() == null ? "negative" : score.band()).as(source).isEqualTo(band);
    }

    @Test
    void whatCouldNotBeComparedWithItsOfficialFormSaysSo() {
        assertThat(engine.current("gad-7").orElseThrow().translation()).contains("unverified");
        assertThat(engine.current("cadss").orElseThrow().source()).contains("unverified: items 20-23");
        assertThat(engine.current("cadss-6").orElseThrow().source()).contains("unverified");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "no no - - - no, none",
                "yes no - - - no, low",
                "no yes no no no no, low",
                "yes yes yes no no no, moderate",
                "no no - - - lifetime, moderate",
                "yes yes no yes no no, high",
                "yes yes no no yes no, high",
                "no no - - - past-3-months, high",
                "yes yes yes yes yes past-3-months, high"
            })
    void theSuicideScreenersGravestAnswerWins(String answers, String risk) {
        assertThat(score("c-ssrs", answers, Sex.MALE).scores().getFirst().band())
                .isEqualTo(risk);
        if (!answers.endsWith("lifetime")) {
            String sinceLastContact = answers.replace("past-3-months", "yes");
            assertThat(score("c-ssrs-since-last-contact", sinceLastContact, Sex.MALE)
                            .scores()
                            .getFirst()
                            .band())
                    .isEqualTo(risk);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1 1 0, MALE, false",
        "1 1 1, MALE, false",
        "2 1 1, MALE, true",
        "1 1 0, FEMALE, false",
        "1 1 1, FEMALE, true",
        "1 1 1, OTHER, true",
        "1 1 1, UNKNOWN, true"
    })
    void auditCIsPositiveFromFourInMenAndThreeInOthersAndThenOpensAudit(String answers, Sex sex, boolean positive) {
        Result result = score("audit-c", answers, sex);

        assertThat(result.scores().getFirst().cuts().contains("positive")).isEqualTo(positive);
        assertThat(result.opens()).isEqualTo(positive ? List.of("audit") : List.of());
    }

    @Test
    void whoNeverDrinksIsAskedNothingMore() {
        assertThat(score("audit-c", "0 - -", Sex.MALE).scores().getFirst().value())
                .isEqualByComparingTo("0");
    }

    @ParameterizedTest
    @CsvSource({"9, false", "10, true"})
    void gad7IsPositiveFromTen(int total, boolean positive) {
        String answers = total == 9 ? "3 3 3 0 0 0 0" : "3 3 3 1 0 0 0";
        assertThat(score("gad-7", answers, Sex.FEMALE)
                        .scores()
                        .getFirst()
                        .cuts()
                        .contains("positive"))
                .isEqualTo(positive);
    }

    @Test
    void madrsNamesThePayersThreshold() {
        assertThat(score("madrs", "4 4 4 4 4 4 3 0 0 0", Sex.FEMALE)
                        .scores()
                        .getFirst()
                        .cuts())
                .isEmpty();
        assertThat(score("madrs", "4 4 4 4 4 4 4 0 0 0", Sex.FEMALE)
                        .scores()
                        .getFirst()
                        .cuts())
                .containsExactly("payer-28");
    }

    @Test
    void painInventoryIsTwoMeans() {
        // severity (8 + 2 + 5 + 6) / 4; interference of all seven
        var scores = score("bpi", "8 2 5 6 30 7 6 5 8 2 9 4", Sex.MALE).scores();

        assertThat(scores.getFirst().value()).isEqualByComparingTo("5.25");
        assertThat(scores.getLast().value()).isEqualByComparingTo("5.86");
    }

    @Test
    void painInterferenceHoldsWithFourOfItsSevenItems() {
        assertThat(score("bpi", "8 2 5 6 - 7 6 5 9 - - -", Sex.MALE)
                        .scores()
                        .getLast()
                        .value())
                .isEqualByComparingTo("6.75");
        refuses("assessment-incomplete", "answers.9d", () -> score("bpi", "8 2 5 6 - 7 6 5 - - - -", Sex.MALE));
    }

    @Test
    void sixItemsOfTheDissociationScaleAreThoseOfTheWholeOne() {
        assertThat(engine.current("cadss-6").orElseThrow().items().stream().map(Instrument.Item::id))
                .containsExactly("1", "2", "6", "7", "15", "22");
        var whole = engine.current("cadss").orElseThrow();
        assertThat(engine.current("cadss-6").orElseThrow().items())
                .allSatisfy(item ->
                        assertThat(whole.item(item.id()).orElseThrow().text()).isEqualTo(item.text()));
    }

    @Test
    void aThoughtOfDeathOpensTheSuicideScreenerEvenWhenTheRestIsUnanswered() {
        var partial = engine.look("phq-9", "1", Map.of("9", "1"), Sex.FEMALE);

        assertThat(partial.opens()).containsExactly("c-ssrs");
        assertThat(partial.alerts()).isEmpty();
        assertThat(partial.alertsByLink()).containsExactly(AlertReason.PHQ_9_ITEM_9);
        assertThat(partial.scores()).isEmpty();
        assertThat(partial.missing()).hasSize(8);
    }

    @Test
    void highRiskRaisesTheAlertBeforeTheLastAnswer() {
        assertThat(engine.look("c-ssrs", "1", Map.of("q4", "yes"), Sex.FEMALE).alerts())
                .containsExactly(AlertReason.C_SSRS_HIGH);
    }

    @Test
    void theMoodCheckInsSafetyQuestionOpensTheScreenerSinceLastContact() {
        var answers = Map.of("mood", "6", "safety", "yes");

        assertThat(engine.score("mood-check-in", "1", answers, Sex.FEMALE).opens())
                .containsExactly("c-ssrs-since-last-contact");
    }

    @Test
    void whatIsNotOfTheInstrumentIsRefused() {
        refuses("instrument-unknown", "instrument", () -> engine.look("phq-10", "1", Map.of(), Sex.MALE));
        refuses("instrument-unknown", "instrument", () -> engine.look("phq-9", "7", Map.of(), Sex.MALE));
        refuses("item-unknown", "answers.10", () -> engine.look("phq-9", "1", Map.of("10", "1"), Sex.MALE));
        refuses("answer-unknown", "answers.1", () -> engine.look("phq-9", "1", Map.of("1", "4"), Sex.MALE));
        refuses("answer-unknown", "answers.1", () -> engine.look("phq-9", "1", Map.of("1", ""), Sex.MALE));
        refuses("answer-unknown", "answers.10", () -> engine.look("audit", "1", Map.of("10", "1"), Sex.MALE));
    }

    @Test
    void aFindingOnASkippedItemIsNeverDropped() {
        refuses(
                "answer-contradiction",
                "answers.5",
                () -> engine.look("audit", "1", Map.of("1", "0", "5", "3"), Sex.MALE));
    }

    private Result score(String id, String answers, Sex sex) {
        Instrument instrument = engine.current(id).orElseThrow();
        String[] codes = answers.split(" ");
        assertThat(codes).hasSize(instrument.items().size());
        var byItem = new LinkedHashMap<String, String>();
        for (int i = 0; i < codes.length; i++) {
            if (!codes[i].equals("-")) {
                byItem.put(instrument.items().get(i).id(), codes[i]);
            }
        }
        return engine.score(id, instrument.version(), byItem, sex);
    }

    private static void refuses(String rule, String field, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(RuleViolation.class, e -> {
            assertThat(e.rule()).isEqualTo(rule);
            assertThat(e.field()).isEqualTo(field);
        });
    }
}
