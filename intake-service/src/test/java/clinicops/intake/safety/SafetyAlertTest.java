package clinicops.intake.safety;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.intake.patient.PatientEvent;
import clinicops.intake.rulebook.RuleBook;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SafetyAlertTest {
    private static final Instant RAISED = Instant.parse("2026-03-02T15:00:00Z");

    private final Escalation escalation = new RuleBook().read("safety-escalation", Escalation.class);
    private final SafetyAlert alert = SafetyAlert.raise("a1", "p1", RAISED, escalation);

    @Test
    void callsANurseAfterFiveMinutesAndAPrescriberAfterFifteen() {
        assertThat(alert.escalate(RAISED.plus(Duration.ofMinutes(5)).minusMillis(1), escalation))
                .isFalse();
        assertThat(alert.escalate(RAISED.plus(Duration.ofMinutes(5)), escalation))
                .isTrue();
        assertThat(alert.escalations())
                .containsExactly(new SafetyAlert.Escalated("nurse", RAISED.plus(Duration.ofMinutes(5))));
        assertThat(alert.nextEscalationAt()).isEqualTo(RAISED.plus(Duration.ofMinutes(15)));
    }

    @Test
    void takesEveryStepThatAJumpOfTheClockPassesOver() {
        assertThat(alert.escalate(RAISED.plus(Duration.ofDays(1)), escalation)).isTrue();
        assertThat(alert.escalations()).extracting(SafetyAlert.Escalated::to).containsExactly("nurse", "prescriber");
        assertThat(alert.nextEscalationAt()).isNull();
        assertThat(alert.escalate(RAISED.plus(Duration.ofDays(2)), escalation)).isFalse();
    }

    @Test
    void theFirstAcknowledgementStandsAndEndsTheEscalation() {
        var at = RAISED.plus(Duration.ofMinutes(2));

        assertThat(alert.acknowledge("nora", at))
                .containsExactly(new PatientEvent.SafetyAlertAcknowledged("p1", "a1", "nora", at));
        assertThat(alert.acknowledge("pia", at.plusSeconds(1))).isEmpty();
        assertThat(alert.acknowledgement()).isEqualTo(new SafetyAlert.Acknowledgement("nora", at));
        assertThat(alert.escalate(RAISED.plus(Duration.ofDays(1)), escalation)).isFalse();
    }
}
