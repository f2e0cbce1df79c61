package clinicops.intake.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinicops.chassis.RuleViolation;
import clinicops.intake.patient.PlanTerms;
import clinicops.intake.patient.Route;
import clinicops.intake.rulebook.RuleBook;
import java.math.BigDecimal;
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
        "ketamine, ORAL, 0.5, 1.0, 6, 1, 14, 21, plan-unknown",
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
                "F33.2", drug, route, new BigDecimal(low), new BigDecimal(high), sessions, gap, least, most);
    }
}
