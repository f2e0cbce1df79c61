package clinicops.scheduling.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import clinicops.chassis.RuleViolation;
import clinicops.contracts.SchedulingEvent;
import clinicops.scheduling.home.HomePrescription.CountReason;
import clinicops.scheduling.home.HomePrescription.Tablets;
import clinicops.scheduling.protocol.RuleBook;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tablets at home: few, asked of the monitoring programme, never given back. */
class HomePrescriptionTest {
    private static final Instant NOW = Instant.parse("2026-11-24T15:00:00Z");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
    private static final HomeTerms TERMS = new RuleBook().read("home-tablets", HomeTerms.class);

    private static Tablets tablets(String mg, int number) {
        return new Tablets(new BigDecimal(mg), number, "one-between-sessions");
    }

    private static HomePrescription sixTablets() {
        return new HomePrescription(
                "rx-1",
                "pat-1",
                "ketamine",
                tablets("100", 6),
                "Corner pharmacy",
                TODAY,
                null,
                "paula",
                NOW,
                NOW.plus(Duration.ofDays(3)),
                TERMS.reference(),
                new HomePrescription.Under("plan-1", 1));
    }

    private static void refused(String rule, String field, Runnable asked) {
        assertThatExceptionOfType(RuleViolation.class).isThrownBy(asked::run).satisfies(refusal -> {
            assertThat(refusal.rule()).isEqualTo(rule);
            assertThat(refusal.field()).isEqualTo(field);
        });
    }

    private static void check(Tablets tablets, LocalDate pdmp, @Nullable LocalDate visit, LocalDate today) {
        HomePrescription.check(tablets, pdmp, visit, today, TERMS);
    }

    @ParameterizedTest
    @CsvSource({"100, 7", "200, 4", "50, 1000000"})
    void refusesMoreThanASmallQuantity(String mg, int number) {
        refused("quantity-above-limit", "tablets", () -> check(tablets(mg, number), TODAY, null, TODAY));
    }

    @Test
    void allowsAsMuchAsTheTermsSay() {
        check(tablets("100", 6), TODAY, null, TODAY);
        check(tablets("200", 3), TODAY.minusDays(30), null, TODAY);
    }

    @Test
    void refusesTabletsAndDirectionsThatThereAreNot() {
        refused("strength-unknown", "strengthMg", () -> check(tablets("75", 1), TODAY, null, TODAY));
        refused(
                "directions-unknown",
                "directions",
                () -> check(new Tablets(new BigDecimal("100"), 1, "as-you-like"), TODAY, null, TODAY));
    }

    @Test
    void refusesWithoutAFreshQueryOfTheMonitoringProgramme() {
        refused("pdmp-too-old", "pdmpQueriedOn", () -> check(tablets("100", 6), TODAY.minusDays(31), null, TODAY));
        refused("in-the-future", "pdmpQueriedOn", () -> check(tablets("100", 6), TODAY.plusDays(1), null, TODAY));
    }

    @Test
    void asksForAVisitInPersonFromTheDayThatTheFlexibilityEnds() {
        LocalDate lastDay = LocalDate.of(2026, 12, 31);
        LocalDate after = lastDay.plusDays(1);
        check(tablets("100", 6), lastDay, null, lastDay);
        refused("in-person-visit-missing", "inPersonVisitOn", () -> check(tablets("100", 6), after, null, after));
        check(tablets("100", 6), after, TODAY, after);
        refused("in-the-future", "inPersonVisitOn", () -> check(tablets("100", 6), after, after.plusDays(1), after));
    }

    @Test
    void tellsNeitherPharmacyNorDirections() {
        assertThat(sixTablets().prescribed())
                .isEqualTo(new SchedulingEvent.HomeTabletsPrescribed(
                        "rx-1", "pat-1", "ketamine", new BigDecimal("100"), 6, NOW));
    }

    @Test
    void countsDownAndNeverUp() {
        HomePrescription prescription = sixTablets();
        assertThat(prescription.left()).isEqualTo(6);

        prescription.counted(2, CountReason.TAKEN, "nora", NOW);
        prescription.counted(0, CountReason.DISPOSED, "nora", NOW.plus(Duration.ofDays(2)));

        assertThat(prescription.left()).isZero();
        assertThat(prescription.counts()).hasSize(2);
        refused("count-above-left", "left", () -> prescription.counted(1, CountReason.TAKEN, "nora", NOW));
    }
}
