package clinicops.scheduling.session;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinicops.chassis.RuleViolation;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a plan asks of the days of a course. */
class CourseTermsTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 12, 1);
    private static final CourseTerms AT_MOST_FIVE_DAYS_APART = new CourseTerms("plan", 1, 4, 2, 6, 15, 5);

    private static List<LocalDate> days(int... after) {
        return Arrays.stream(after).mapToObj(FIRST::plusDays).toList();
    }

    private static void refused(Runnable judged, String rule) {
        assertThatThrownBy(judged::run)
                .isInstanceOfSatisfying(
                        RuleViolation.class, violation -> org.assertj.core.api.Assertions.assertThat(violation.rule())
                                .isEqualTo(rule));
    }

    @Test
    void gapsAreNeitherTooShortNorTooWide() {
        assertThatCode(() -> AT_MOST_FIVE_DAYS_APART.check(days(0, 5, 10, 15))).doesNotThrowAnyException();
        refused(() -> AT_MOST_FIVE_DAYS_APART.check(days(0, 1, 5, 10)), "session-gap");
        refused(() -> AT_MOST_FIVE_DAYS_APART.check(days(0, 6, 8, 10)), "session-gap");
    }

    @Test
    void aHoleWhereASessionFellOutIsNoReasonAgainstMovingAnother() {
        List<LocalDate> withHole = days(0, 8, 11);
        assertThatCode(() -> AT_MOST_FIVE_DAYS_APART.checkAfterMove(withHole, days(0, 8, 12)))
                .doesNotThrowAnyException();
        refused(() -> AT_MOST_FIVE_DAYS_APART.checkAfterMove(withHole, days(0, 9, 12)), "session-gap");
        refused(() -> AT_MOST_FIVE_DAYS_APART.checkAfterMove(days(0, 4, 8), days(0, 4, 10)), "session-gap");
    }

    @Test
    void aBoosterIsOneSessionOfTheSamePlan() {
        assertThatCode(() -> AT_MOST_FIVE_DAYS_APART.ofBooster().check(days(40)))
                .doesNotThrowAnyException();
        refused(() -> AT_MOST_FIVE_DAYS_APART.ofBooster().check(days(40, 44)), "sessions-of-plan");
    }
}
