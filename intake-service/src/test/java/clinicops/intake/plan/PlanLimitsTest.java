package clinicops.intake.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinicops.chassis.RuleViolation;
import clinicops.intake.patient.PlanTerms;
import clinicops.intake.patient.Route;
import clinicops.intake.rulebook.RuleBook;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanLimitsTest {
    private final PlanLimits limits = new RuleBook().read("plan-limits", PlanLimits.class);

    @Test
    void sixInfusionsInTwoToThreeWeeksAreTheUsualPlan() {
        assertThatCode(() -> limits.check(terms("ketamine", Route.IV, "0.5", "1", 6, 1, 14, 21)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "esketamine, ORAL, 0.5, 1.0, 6, 1, 14, 21, plan-unknown",
        "water,    IV,   0.5, 1.0, 6, 1, 14, 21, plan-unknown",
        "ketamine, IV,   0.5, 1.1, 6, 1, 14, 21, dose-limit",
        "ketamine, IV,   0.05, 1.0, 6, 1, 14, 21, dose-limit",
        "ketamine, IV,   0.55, 1.0, 6, 1, 14, 21, dose-step",
        "ketamine, IV,   0.8, 0.5, 6, 1, 14, 21, dose-range",
        "ketamine, IV,   0.5, 1.0, 0, 1, 14, 21, sessions-limit",
        "ketamine, IV,   0.5, 1.0, 7, 1, 14, 21, sessions-limit",
        "ketamine, IV,   0.5, 1.0, 6, 0, 14, 21, gap-limit",
        "ketamine, IV,   0.5, 1.0, 6, 1, 21, 14, course-range",
        "ketamine, IV,   0.5, 1.0, 6, 1, 13, 21, course-limit",
        "ketamine, IV,   0.5, 1.0, 6, 1, 14, 22, course-limit",
        "ketamine, IV,   0.5, 1.0, 6, 5, 14, 21, course-fits"
    })
    void refusesWhatIsBeyondTheClinicsLimits(
            String drug,
            Route route,
            String low,
            String high,
            int sessions,
            int gap,
            int least,
            int most,
            String rule) {
        assertThatThrownBy(() -> limits.check(terms(drug, route, low, high, sessions, gap, least, most)))
                .isInstanceOfSatisfying(
                        RuleViolation.class, e -> assertThat(e.rule()).isEqualTo(rule));
    }

    private static PlanTerms terms(
            String drug, Route route, String low, String high, int sessions, int gap, int least, int most) {
        return new PlanTerms(
                "F33.2",
                drug,
                route,
                new BigDecimal(low),
                new BigDecimal(high),
                null,
                sessions,
                gap,
                null,
                least,
                most,
                "iv-im-continuous",
                null,
                null);
    }

    private static PlanTerms esketamine(
            @Nullable String fixedMg, @Nullable Integer maxGap, PlanTerms.Boosters boosters) {
        return new PlanTerms(
                "F33.2",
                "esketamine",
                Route.NASAL,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                fixedMg == null ? null : new BigDecimal(fixedMg),
                12,
                3,
                maxGap,
                28,
                56,
                "esketamine-two-hours",
                null,
                boosters);
    }

    @ParameterizedTest
    @CsvSource({
        "56, 7, 7, 14, ",
        "84, 7, 7, 14, ",
        "28, 7, 7, 14, dose-rule",
        ", 7, 7, 14, dose-rule",
        "56, 2, 7, 14, gap-range",
        "56, 7, 6, 14, booster-limit",
        "56, 7, 14, 7, booster-limit",
        "56, 7, 7, 15, booster-limit"
    })
    void esketamineHasFixedDosesByItsLabel(
            @Nullable String fixedMg, int maxGap, int from, int to, @Nullable String rule) {
        var terms = esketamine(fixedMg, maxGap, new PlanTerms.Boosters(from, to));

        if (rule == null) {
            assertThatCode(() -> limits.check(terms)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> limits.check(terms))
                    .isInstanceOfSatisfying(
                            RuleViolation.class, e -> assertThat(e.rule()).isEqualTo(rule));
        }
    }

    private static PlanTerms tablets(
            @Nullable String mg, int sessions, int gap, int courseDays, PlanTerms.@Nullable Boosters boosters) {
        return new PlanTerms(
                "F33.2",
                "ketamine",
                Route.ORAL,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                mg == null ? null : new BigDecimal(mg),
                sessions,
                gap,
                null,
                courseDays,
                courseDays,
                "home-tablets",
                null,
                boosters);
    }

    @ParameterizedTest
    @CsvSource({
        "50, 0, 0, 0, false, ",
        "200, 0, 0, 0, false, ",
        "75, 0, 0, 0, false, dose-rule",
        ", 0, 0, 0, false, dose-rule",
        "100, 1, 0, 0, false, sessions-limit",
        "100, 0, 3, 0, false, gap-limit",
        "100, 0, 0, 21, false, course-limit",
        "100, 0, 0, 0, true, booster-limit"
    })
    void tabletsAtHomeHaveAStrengthAndNoSessions(
            @Nullable String mg, int sessions, int gap, int courseDays, boolean boosters, @Nullable String rule) {
        var terms = tablets(mg, sessions, gap, courseDays, boosters ? new PlanTerms.Boosters(1, 14) : null);

        if (rule == null) {
            assertThatCode(() -> limits.check(terms)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> limits.check(terms))
                    .isInstanceOfSatisfying(
                            RuleViolation.class, e -> assertThat(e.rule()).isEqualTo(rule));
        }
    }

    @ParameterizedTest
    @CsvSource({"120, false", "120.1, true"})
    void noDoseIsAboveTheCapWhateverTheWeight(BigDecimal weightKg, boolean refused) {
        var terms = terms("ketamine", Route.IV, "0.5", "1", 6, 1, 14, 21);

        if (refused) {
            assertThatThrownBy(() -> limits.checkCap(terms, weightKg)).hasMessageContaining("cap");
        } else {
            assertThatCode(() -> limits.checkCap(terms, weightKg)).doesNotThrowAnyException();
        }
    }
}
