package clinicops.intake.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinicops.chassis.RuleViolation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnCallRosterTest {
    private static final Instant MONDAY = Instant.parse("2026-03-02T15:00:00Z");
    private static final OnCallPerson PIA = new OnCallPerson("pia", "+12125550123");
    private static final OnCallPerson NORA = new OnCallPerson("nora", "+12125550124");

    private final OnCallRoster roster = OnCallRoster.empty();

    @Test
    void nobodyIsOnCallBeforeARosterIsWritten() {
        assertThat(roster.present(MONDAY)).isEmpty();
    }

    @Test
    void aShiftCountsFromItsBeginningUntilJustBeforeItsEnd() {
        roster.write(null, List.of(shift(NORA, 0, 12)));

        assertThat(roster.present(MONDAY.minusMillis(1))).isEmpty();
        assertThat(roster.present(MONDAY)).contains(NORA);
        assertThat(roster.present(MONDAY.plus(Duration.ofHours(12)).minusMillis(1)))
                .contains(NORA);
        assertThat(roster.present(MONDAY.plus(Duration.ofHours(12)))).isEmpty();
    }

    @Test
    void outsideTheShiftsTheStandingPersonIsOnCall() {
        roster.write(PIA, List.of(shift(NORA, 0, 12)));

        assertThat(roster.present(MONDAY)).contains(NORA);
        assertThat(roster.present(MONDAY.plus(Duration.ofDays(300)))).contains(PIA);
    }

    @Test
    void refusesShiftsThatLeaveADoubtOfWhomToCall() {
        refuses("shifts-overlap", "shifts[0].from", shift(NORA, 11, 20), shift(PIA, 0, 12));
        refuses("shift-length", "shifts[0].until", shift(NORA, 12, 12));
        refuses("shift-length", "shifts[0].until", shift(NORA, 0, 7 * 24 + 1));
        roster.write(null, List.of(shift(NORA, 12, 20), shift(PIA, 0, 12)));
        assertThat(roster.shifts()).extracting(OnCallRoster.Shift::onCall).containsExactly(PIA, NORA);
    }

    private void refuses(String rule, String field, OnCallRoster.Shift... shifts) {
        assertThatThrownBy(() -> roster.write(null, List.of(shifts)))
                .isInstanceOfSatisfying(RuleViolation.class, refused -> {
                    assertThat(refused.rule()).isEqualTo(rule);
                    assertThat(refused.field()).isEqualTo(field);
                });
    }

    private static OnCallRoster.Shift shift(OnCallPerson person, int fromHour, int untilHour) {
        return new OnCallRoster.Shift(
                person, MONDAY.plus(Duration.ofHours(fromHour)), MONDAY.plus(Duration.ofHours(untilHour)));
    }
}
