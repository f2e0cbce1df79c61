package clinicops.intake.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinicops.chassis.RuleViolation;
import clinicops.intake.instrument.InstrumentEngines;
import clinicops.intake.patient.Score;
import clinicops.intake.patient.SuicideRisk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstrumentsTest {
    private final Instruments instruments = new Instruments(InstrumentEngines.real());

    @ParameterizedTest
    @CsvSource({
        "0, minimal",
        "4, minimal",
        "5, mild",
        "9, mild",
        "10, moderate",
        "14, moderate",
        "15, moderately-severe",
        "19, moderately-severe",
        "20, severe",
        "24, severe"
    })
    void phq9FallsIntoItsPublishedBands(int sum, String band) {
        assertThat(instruments.assess(answersOf(sum), null).scores())
                .containsExactly(new Score("phq-9", "1", sum, band));
    }

    @Test
    void phq9OfAllThreesIsTwentySeven() {
        var assessment = instruments.assess(Collections.nCopies(9, 3), cssrs("no", "no", null, null, null, "no"));

        assertThat(assessment.scores().getFirst()).isEqualTo(new Score("phq-9", "1", 27, "severe"));
    }

    @Test
    void aThoughtOfDeathOpensTheSuicideScreener() {
        var answers = new ArrayList<>(Collections.nCopies(9, 0));
        answers.set(8, 1);

        refuses("c-ssrs-needed", answers, null);
    }

    @Test
    void theScreenerMayBeAskedUnopened() {
        assertThat(instruments
                        .assess(answersOf(3), cssrs("yes", "no", null, null, null, "no"))
                        .suicideRisk())
                .isEqualTo(SuicideRisk.LOW);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // q1, q2, q3, q4, q5, q6, risk, rank
                "no,  no,  -,   -,   -,   no,            NONE,     0",
                "no,  no,  no,  no,  no,  no,            NONE,     0",
                "yes, no,  -,   -,   -,   no,            LOW,      1",
                "no,  yes, no,  no,  no,  no,            LOW,      1",
                "yes, yes, yes, no,  no,  no,            MODERATE, 2",
                "no,  no,  -,   -,   -,   lifetime,      MODERATE, 2",
                "yes, yes, no,  yes, no,  no,            HIGH,     3",
                "yes, yes, no,  no,  yes, no,            HIGH,     3",
                "no,  no,  -,   -,   -,   past-3-months, HIGH,     3",
                "yes, yes, yes, no,  no,  past-3-months, HIGH,     3"
            })
    void theGravestAnswerDecidesTheRisk(
            String q1, String q2, String q3, String q4, String q5, String q6, SuicideRisk risk, int rank) {
        var assessment = instruments.assess(answersOf(0), cssrs(q1, q2, q3, q4, q5, q6));

        assertThat(assessment.suicideRisk()).isEqualTo(risk);
        assertThat(assessment.scores().getLast())
                .isEqualTo(new Score("c-ssrs", "1", rank, risk.name().toLowerCase(java.util.Locale.ROOT)));
    }

    @Test
    void afterYesToThoughtsTheirDetailsMustBeAsked() {
        refuses("c-ssrs-incomplete", answersOf(0), cssrs("no", "yes", "no", null, "no", "no"));
    }

    @Test
    void aFindingOnASkippedItemIsNeverDropped() {
        refuses("c-ssrs-contradiction", answersOf(0), cssrs("no", "no", null, "yes", null, "no"));
    }

    @Test
    void keepsTheRawAnswers() {
        var kept = instruments
                .assess(answersOf(2), cssrs("no", "no", null, null, null, "lifetime"))
                .answers();

        assertThat(kept.getFirst().answers()).containsExactly("2", "0", "0", "0", "0", "0", "0", "0", "0");
        assertThat(kept.getLast().answers()).containsExactly("no", "no", "", "", "", "lifetime");
    }

    private void refuses(String rule, List<Integer> phq9, Map<String, String> cssrs) {
        assertThatThrownBy(() -> instruments.assess(phq9, cssrs))
                .isInstanceOfSatisfying(
                        RuleViolation.class, e -> assertThat(e.rule()).isEqualTo(rule));
    }

    /** Nine answers with this sum, the last of them 0. */
    private static List<Integer> answersOf(int sum) {
        var answers = new ArrayList<Integer>();
        int left = sum;
        for (int i = 0; i < 9; i++) {
            int points = i == 8 ? 0 : Math.min(3, left);
            answers.add(points);
            left -= points;
        }
        assertThat(left).isZero();
        return answers;
    }

    private static Map<String, String> cssrs(String... answers) {
        var byItem = new HashMap<String, String>();
        for (int i = 0; i < answers.length; i++) {
            if (answers[i] != null) {
                byItem.put("q" + (i + 1), answers[i]);
            }
        }
        return byItem;
    }
}
