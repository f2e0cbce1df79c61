package clinicops.scheduling.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import clinicops.chassis.RuleViolation;
import clinicops.contracts.SchedulingEvent;
import clinicops.scheduling.call.PatientCall.CallOutcome;
import clinicops.scheduling.call.PatientCall.CallReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A call that the clinic owes a patient. */
class PatientCallTest {
    private static final Instant DUE = Instant.parse("2026-11-25T17:00:00Z");
    private static final int TRIES = 3;

    private final PatientCall call =
            new PatientCall("call-1", "pat-1", CallReason.LEFT_AGAINST_ADVICE, "ses-1", DUE, "calls@2026-12");

    private static List<SchedulingEvent> told(
            PatientCall call, CallOutcome outcome, @Nullable String note, boolean prescriber) {
        return call.answered(outcome, note, "nora", prescriber, TRIES, DUE.minus(Duration.ofHours(1)));
    }

    private static void refused(String rule, Runnable asked) {
        assertThatExceptionOfType(RuleViolation.class)
                .isThrownBy(asked::run)
                .extracting(RuleViolation::rule)
                .isEqualTo(rule);
    }

    @Test
    void isMadeOnceAndTellsTheOutcomeWithoutWords() {
        assertThat(told(call, CallOutcome.WELL, "slept well", false))
                .containsExactly(new SchedulingEvent.CallMade(
                        "call-1", "pat-1", "left-against-advice", "well", DUE.minus(Duration.ofHours(1))));
        refused("call-made", () -> told(call, CallOutcome.WELL, null, false));
        assertThat(call.overdue(DUE.plus(Duration.ofDays(9)))).isFalse();
    }

    @Test
    void staysDueWhenNobodyAnswersAndEndsAfterSeveralTries() {
        assertThat(told(call, CallOutcome.NO_ANSWER, null, false)).isEmpty();
        refused("try-again", () -> told(call, CallOutcome.UNREACHABLE, null, false));
        assertThat(told(call, CallOutcome.NO_ANSWER, null, false)).isEmpty();
        assertThat(call.overdue(DUE.plusSeconds(1))).isTrue();

        assertThat(told(call, CallOutcome.UNREACHABLE, null, false)).hasSize(1);
        assertThat(call.attempts()).hasSize(3);
    }

    @Test
    void aConcernIsWrittenDownAndHeardByAPrescriber() {
        refused("concern-needs-note", () -> told(call, CallOutcome.CONCERN, null, false));
        told(call, CallOutcome.CONCERN, "still dizzy", false);
        assertThat(call.raisesConcern()).isTrue();

        PatientCall next = new PatientCall("call-2", "pat-1", CallReason.CONCERN, "call-1", DUE, "calls@2026-12");
        refused("call-by-prescriber", () -> told(next, CallOutcome.WELL, null, false));
        told(next, CallOutcome.CONCERN, "sent to the emergency room", true);
        assertThat(next.raisesConcern()).isFalse();
    }
}
