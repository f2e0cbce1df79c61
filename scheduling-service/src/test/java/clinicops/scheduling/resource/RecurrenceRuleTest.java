package clinicops.scheduling.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinicops.chassis.RuleViolation;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecurrenceRuleTest {
    private static final LocalDate TUESDAY = LocalDate.of(2026, 12, 1);

    private static List<LocalDate> days(String rule, LocalDate from, LocalDate until) {
        return RecurrenceRule.of(rule, TUESDAY).between(from, until).stream()
                .sorted()
                .toList();
    }

    @Test
    void mondaysAndWednesdaysFromATuesdayOnBeginWithTheWednesday() {
        assertThat(days("FREQ=WEEKLY;BYDAY=MO,WE", TUESDAY, TUESDAY.plusDays(8)))
                .containsExactly(LocalDate.of(2026, 12, 2), LocalDate.of(2026, 12, 7), LocalDate.of(2026, 12, 9));
    }

    @Test
    void everyOtherFridayCountsItsWeeksFromTheFirstDay() {
        assertThat(days("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", TUESDAY, TUESDAY.plusDays(30)))
                .containsExactly(LocalDate.of(2026, 12, 4), LocalDate.of(2026, 12, 18));
    }

    @Test
    void theLastFridayOfTheMonth() {
        assertThat(days("FREQ=MONTHLY;BYDAY=-1FR", TUESDAY, TUESDAY.plusMonths(2)))
                .containsExactly(LocalDate.of(2026, 12, 25), LocalDate.of(2027, 1, 29));
    }

    @Test
    void christmasEveryYear() {
        assertThat(days("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25", TUESDAY, TUESDAY.plusYears(2)))
                .containsExactly(LocalDate.of(2026, 12, 25), LocalDate.of(2027, 12, 25));
    }

    @Test
    void aRuleEndsByCountOrOnItsLastDayWhicheverStretchIsAskedFor() {
        assertThat(days("FREQ=DAILY;COUNT=3", TUESDAY.plusDays(2), TUESDAY.plusDays(9)))
                .containsExactly(TUESDAY.plusDays(2));
        assertThat(days("FREQ=DAILY;UNTIL=20261203", TUESDAY, TUESDAY.plusDays(9)))
                .containsExactly(TUESDAY, TUESDAY.plusDays(1), TUESDAY.plusDays(2));
    }

    @Test
    void whatIsRememberedIsWhatTheRuleSays() {
        Occurrences occurrences = new Occurrences();
        RecurrenceRule rule = RecurrenceRule.of("FREQ=WEEKLY;BYDAY=MO,WE;COUNT=40", TUESDAY);
        Set<LocalDate> days = rule.between(TUESDAY, TUESDAY.plusYears(1));

        for (LocalDate day = TUESDAY; day.isBefore(TUESDAY.plusYears(1)); day = day.plusDays(1)) {
            assertThat(occurrences.on(rule, day)).as("%s", day).isEqualTo(days.contains(day));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "every monday",
                "FREQ=SECONDLY",
                "FREQ=HOURLY;COUNT=5",
                "FREQ=FORTNIGHTLY",
                "INTERVAL=2",
                "FREQ=WEEKLY;INTERVAL=0",
                "FREQ=WEEKLY;INTERVAL=53",
                "FREQ=WEEKLY;INTERVAL=-1",
                "FREQ=DAILY;COUNT=501",
                "FREQ=DAILY;COUNT=99999999999",
                "FREQ=DAILY;COUNT=3;UNTIL=20270101",
                "FREQ=DAILY;UNTIL=20270230",
                "FREQ=DAILY;UNTIL=20270101T000000Z",
                "FREQ=WEEKLY;BYDAY=XX",
                "FREQ=WEEKLY;BYDAY=1MO",
                "FREQ=WEEKLY;BYDAY=",
                "FREQ=WEEKLY;BYHOUR=3",
                "FREQ=WEEKLY;WKST=SU",
                "FREQ=MONTHLY;BYMONTHDAY=32",
                "FREQ=MONTHLY;BYMONTHDAY=0",
                "FREQ=YEARLY;BYMONTH=13",
                "FREQ=MONTHLY;BYSETPOS=1",
                "FREQ=WEEKLY;FREQ=DAILY",
                "FREQ=WEEKLY;;BYDAY=MO",
                "RRULE:FREQ=WEEKLY",
            })
    void whatAClinicCannotMeanIsRefused(String rule) {
        assertThatThrownBy(() -> RecurrenceRule.of(rule, TUESDAY)).isInstanceOfSatisfying(RuleViolation.class, e -> {
            assertThat(e.rule()).isEqualTo("recurrence-rule");
            assertThat(e.field()).isEqualTo("rrule");
        });
    }

    @Test
    void aRuleOfNoDayIsRefused() {
        assertThatThrownBy(() -> RecurrenceRule.of("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", TUESDAY)
                        .checkExpands())
                .isInstanceOf(RuleViolation.class);
    }
}
