package clinicops.scheduling.booster;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.scheduling.booster.BoosterPolicy.BoosterCase;
import clinicops.scheduling.booster.BoosterPolicy.Treatment;
import clinicops.scheduling.protocol.RuleBook;
import clinicops.scheduling.readiness.PatientFacts.BoosterDays;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** When a single session after the course is due, by the clinic's own numbers. */
class BoosterPolicyTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final LocalDate BEGAN = LocalDate.of(2026, 12, 1);
    private static final LocalDate LAST_DOSE = LocalDate.of(2026, 12, 18);
    private static final BoosterDays TWO_TO_SIX_WEEKS = new BoosterDays(14, 42);

    private final BoosterPolicy policy =
            new BoosterPolicy(new RuleBook().read("booster-policy", BoosterTerms.class), NEW_YORK);

    private static Instant noon(LocalDate day) {
        return day.atTime(12, 0).atZone(NEW_YORK).toInstant();
    }

    private static Treatment treatment(BoosterDays days) {
        return new Treatment(noon(BEGAN), noon(LAST_DOSE), days);
    }

    private static OutcomeScore phq(LocalDate on, int score) {
        return scored("phq-9", on, 20, score);
    }

    private static OutcomeScore scored(String instrument, LocalDate on, int baseline, int score) {
        String id = instrument + on;
        return new OutcomeScore(
                OutcomeScore.idOf(id, "total"),
                "p",
                id,
                instrument,
                "total",
                BigDecimal.valueOf(baseline),
                BigDecimal.valueOf(score),
                noon(on),
                noon(on));
    }

    private Optional<BoosterCase> judged(BoosterDays days, LocalDate today, OutcomeScore... scores) {
        return policy.judge(treatment(days), List.of(scores), today);
    }

    @Test
    void aThirdOfTheGainLostAgainIsADrift() {
        LocalDate later = LAST_DOSE.plusDays(20);
        // from 20 down to 8: a gain of 12, of which 30 % are 3.6
        assertThat(judged(TWO_TO_SIX_WEEKS, later, phq(LAST_DOSE.plusDays(1), 8), phq(later, 11)))
                .isEmpty();
        BoosterCase due = judged(TWO_TO_SIX_WEEKS, later, phq(LAST_DOSE.plusDays(1), 8), phq(later, 12))
                .orElseThrow();

        assertThat(due.because()).isEqualTo(Because.DRIFT);
        BoosterEvidence.Drift drift = due.evidence().drift();
        assertThat(drift).isNotNull();
        assertThat(drift.best()).isEqualByComparingTo("8");
        assertThat(drift.latest()).isEqualByComparingTo("12");
        assertThat(due.dueFrom()).isEqualTo(LAST_DOSE.plusDays(14));
        assertThat(due.dueBy()).isEqualTo(later.plusDays(14));
    }

    @Test
    void fivePointsOverTheBestAreADriftWhateverTheGainWas() {
        LocalDate later = LAST_DOSE.plusDays(5);
        BoosterCase due = judged(TWO_TO_SIX_WEEKS, later, scored("phq-9", BEGAN.plusDays(2), 27, 7), phq(later, 12))
                .orElseThrow();
        assertThat(due.because()).isEqualTo(Because.DRIFT);
        assertThat(due.dueFrom()).as("never sooner than the plan's window").isEqualTo(LAST_DOSE.plusDays(14));
        assertThat(due.dueBy()).isEqualTo(later.plusDays(14));
    }

    @Test
    void noGainNoShareOfIt() {
        LocalDate later = LAST_DOSE.plusDays(20);
        assertThat(judged(null, later, phq(LAST_DOSE.plusDays(1), 17), phq(later, 19)))
                .as("three points were no gain, so two of them are no drift")
                .isEmpty();
    }

    @Test
    void aScoreBetweenTwoSessionsOfTheCourseSaysNothing() {
        assertThat(judged(null, LAST_DOSE.plusDays(3), phq(BEGAN.plusDays(3), 6), phq(LAST_DOSE.minusDays(2), 14)))
                .isEmpty();
    }

    @Test
    void whatWasBetterBeforeTheCourseCountsForNothing() {
        LocalDate later = LAST_DOSE.plusDays(20);
        assertThat(judged(null, later, phq(BEGAN.minusDays(40), 4), phq(later, 10)))
                .isEmpty();
    }

    @Test
    void anotherInstrumentMayShowIt() {
        LocalDate later = LAST_DOSE.plusDays(20);
        BoosterCase due = judged(
                        null,
                        later,
                        phq(LAST_DOSE.plusDays(1), 6),
                        phq(later, 6),
                        scored("pcl-5", LAST_DOSE.plusDays(1), 50, 20),
                        scored("pcl-5", later, 50, 31))
                .orElseThrow();
        assertThat(due.evidence().drift()).isNotNull();
        assertThat(due.evidence().drift().instrument()).isEqualTo("pcl-5");
        assertThat(due.dueFrom())
                .as("without days of the plan the clinic's count")
                .isEqualTo(LAST_DOSE.plusDays(14));
    }

    @Test
    void theCalendarComesBeforeThePlansWindowEnds() {
        assertThat(judged(TWO_TO_SIX_WEEKS, LAST_DOSE.plusDays(31))).isEmpty();
        BoosterCase due = judged(TWO_TO_SIX_WEEKS, LAST_DOSE.plusDays(32)).orElseThrow();
        assertThat(due.because()).isEqualTo(Because.CALENDAR);
        assertThat(due.evidence().drift()).isNull();
        assertThat(due.dueFrom()).isEqualTo(LAST_DOSE.plusDays(14));
        assertThat(due.dueBy()).isEqualTo(LAST_DOSE.plusDays(42));
        assertThat(judged(null, LAST_DOSE.plusDays(200)))
                .as("a plan without boosters has no window")
                .isEmpty();
    }

    @Property(tries = 300)
    void theOrderInWhichScoresComeDoesNotMatter(
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 0, max = 27) Integer> scores, @ForAll long seed) {
        List<OutcomeScore> inOrder = new ArrayList<>();
        for (int score : scores) {
            inOrder.add(phq(BEGAN.plusDays(4L * inOrder.size()), score));
        }
        List<OutcomeScore> shuffled = new ArrayList<>(inOrder);
        Collections.shuffle(shuffled, new Random(seed));
        LocalDate today = LAST_DOSE.plusDays(25);
        assertThat(policy.judge(treatment(TWO_TO_SIX_WEEKS), shuffled, today))
                .isEqualTo(policy.judge(treatment(TWO_TO_SIX_WEEKS), inOrder, today));
    }

    @Property(tries = 300)
    void aWorseLastScoreNeverTakesADriftAway(
            @ForAll @IntRange(min = 0, max = 20) int best,
            @ForAll @IntRange(min = 0, max = 27) int latest,
            @ForAll @IntRange(min = 0, max = 7) int worse) {
        LocalDate later = LAST_DOSE.plusDays(10);
        boolean before = judged(null, later, phq(BEGAN.plusDays(2), best), phq(later, latest))
                .isPresent();
        boolean after = judged(null, later, phq(BEGAN.plusDays(2), best), phq(later, Math.min(27, latest + worse)))
                .isPresent();
        assertThat(!before || after).isTrue();
    }
}
