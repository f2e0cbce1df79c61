package clinicops.scheduling.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import clinicops.chassis.RuleViolation;
import clinicops.contracts.SchedulingEvent;
import clinicops.scheduling.integration.IntegrationSession.About;
import clinicops.scheduling.integration.IntegrationSession.IntegrationState;
import clinicops.scheduling.protocol.RuleBook;
import clinicops.scheduling.resource.Meeting;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The talk after a dose, and what becomes of it when the dose moves. */
class IntegrationSessionTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final IntegrationTerms TERMS = new RuleBook().read("integration", IntegrationTerms.class);
    /** Monday at noon. */
    private static final Instant DOSE_ENDS = Instant.parse("2026-11-30T17:00:00Z");

    private static final Instant TUESDAY_AT_TEN = Instant.parse("2026-12-01T15:00:00Z");
    private static final LocalDate TUESDAY = LocalDate.of(2026, 12, 1);

    private static Meeting at(Instant startsAt) {
        return new Meeting("the-1", "room-1", startsAt, startsAt.plus(Duration.ofMinutes(50)));
    }

    private static IntegrationSession session(@Nullable Meeting meeting) {
        return IntegrationSession.of(
                "int-1",
                new About("pat-1", "course-1", "ses-1", 1, "the-1"),
                50,
                TERMS.reference(),
                "frank",
                TUESDAY,
                meeting,
                TERMS.window(DOSE_ENDS),
                NEW_YORK);
    }

    private static void refused(String rule, Runnable asked) {
        assertThatExceptionOfType(RuleViolation.class)
                .isThrownBy(asked::run)
                .extracting(RuleViolation::rule)
                .isEqualTo(rule);
    }

    @Test
    void staysWhereItIsWhenTheDoseMovesALittle() {
        IntegrationSession session = session(at(TUESDAY_AT_TEN));
        assertThat(session.sessionMoved(TERMS.window(DOSE_ENDS.minus(Duration.ofDays(1))), NEW_YORK))
                .isEmpty();
        assertThat(session.broken()).isNull();
    }

    @Test
    void isBrokenUntilSomebodyMovesItWhenTheDoseMovesBehindIt() {
        IntegrationSession session = session(at(TUESDAY_AT_TEN));

        assertThat(session.sessionMoved(TERMS.window(DOSE_ENDS.plus(Duration.ofDays(2))), NEW_YORK))
                .isEmpty();
        assertThat(session.broken()).isEqualTo("session-moved");
        assertThat(session.meeting()).isEqualTo(at(TUESDAY_AT_TEN));
        refused("integration-window", () -> session.move(at(TUESDAY_AT_TEN.plus(Duration.ofDays(1))), NEW_YORK));

        Instant friday = TUESDAY_AT_TEN.plus(Duration.ofDays(3));
        assertThat(session.move(at(friday), NEW_YORK))
                .containsExactly(new SchedulingEvent.IntegrationMoved(
                        "int-1",
                        "course-1",
                        "pat-1",
                        "the-1",
                        TUESDAY,
                        TUESDAY.plusDays(3),
                        friday,
                        friday.plus(Duration.ofMinutes(50))));
        assertThat(session.broken()).isNull();
    }

    @Test
    void aPlannedDayWithThePatientsOwnTherapistFollowsTheDose() {
        IntegrationSession session = session(null);

        assertThat(session.sessionMoved(TERMS.window(DOSE_ENDS.plus(Duration.ofDays(2))), NEW_YORK))
                .containsExactly(new SchedulingEvent.IntegrationMoved(
                        "int-1", "course-1", "pat-1", "the-1", TUESDAY, TUESDAY.plusDays(2), null, null));
        assertThat(session.plannedOn()).isEqualTo(TUESDAY.plusDays(2));

        refused("day-only", () -> session.move(at(TUESDAY_AT_TEN), NEW_YORK));
        refused("integration-window", () -> session.move(TUESDAY.plusDays(30), TUESDAY, NEW_YORK));
        refused("in-the-past", () -> session.move(TUESDAY, TUESDAY.plusDays(1), NEW_YORK));
    }

    @Test
    void isHeldOnlyAfterItBeganAndOnlyOnce() {
        IntegrationSession session = session(at(TUESDAY_AT_TEN));
        refused("not-begun", () -> session.done(50, "theo", TUESDAY_AT_TEN.minusSeconds(1), NEW_YORK));
        refused("not-begun", () -> session.miss("theo", TUESDAY_AT_TEN.minusSeconds(1), NEW_YORK));

        Instant end = TUESDAY_AT_TEN.plus(Duration.ofMinutes(48));
        assertThat(session.done(48, "theo", end, NEW_YORK))
                .containsExactly(
                        new SchedulingEvent.IntegrationDone("int-1", "course-1", "pat-1", "the-1", 48, false, end));
        assertThat(session.state()).isEqualTo(IntegrationState.DONE);
        refused("integration-over", () -> session.cancel("patient", "frank", end));
        refused("integration-over", () -> session.move(at(TUESDAY_AT_TEN), NEW_YORK));
    }
}
