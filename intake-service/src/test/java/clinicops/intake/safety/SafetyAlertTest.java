package clinicops.intake.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinicops.chassis.RuleViolation;
import clinicops.intake.patient.PatientEvent;
import clinicops.intake.rulebook.RuleBook;
import clinicops.intake.safety.SafetyAlert.AlertTrigger;
import clinicops.intake.safety.SafetyAlert.CallState;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SafetyAlertTest {
    private static final Instant RAISED = Instant.parse("2026-03-02T15:00:00Z");

    private final Escalation escalation = new RuleBook().read("safety-escalation", Escalation.class);
    private final SafetyAlert alert = raised(RaisedThrough.STAFF);

    private SafetyAlert raised(RaisedThrough through) {
        return SafetyAlert.raise("a1", "p1", AlertReason.C_SSRS_HIGH, through, RAISED, escalation);
    }

    @Test
    void callsANurseAfterFiveMinutesAndAPrescriberAfterFifteen() {
        assertThat(alert.escalate(RAISED.plus(Duration.ofMinutes(5)).minusMillis(1), escalation))
                .isFalse();
        assertThat(alert.escalate(RAISED.plus(Duration.ofMinutes(5)), escalation))
                .isTrue();
        assertThat(alert.escalations())
                .containsExactly(new SafetyAlert.Escalated("nurse", RAISED.plus(Duration.ofMinutes(5))));
        assertThat(alert.nextEscalationAt()).isEqualTo(RAISED.plus(Duration.ofMinutes(15)));
        assertThat(alert.calls()).isEmpty();
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

    @Test
    void aPatientWhoAnsweredAloneHasThePersonOnCallTelephonedAtOnce() {
        var alone = raised(RaisedThrough.LINK);

        assertThat(alone.escalate(RAISED, escalation)).isTrue();

        assertThat(alone.escalations()).containsExactly(new SafetyAlert.Escalated("on-call", RAISED));
        assertThat(alone.callDue(RAISED)).isNotNull();
        assertThat(alone.nextEscalationAt()).isEqualTo(RAISED.plus(Duration.ofMinutes(5)));
    }

    @Test
    void aCallThatNobodyEndedIsPlacedAgainWhenItsClaimRunsOut() {
        var alone = raised(RaisedThrough.LINK);
        alone.escalate(RAISED, escalation);
        String call = alone.calls().getFirst().id();

        alone.placing(call, "pia", RAISED, RAISED.plusSeconds(60));

        assertThat(alone.callDue(RAISED.plusSeconds(59))).isNull();
        assertThat(alone.callDue(RAISED.plusSeconds(60))).isNotNull();
        alone.called(call, CallState.ANSWERED);
        assertThat(alone.callDue(RAISED.plusSeconds(600))).isNull();
        assertThat(alone.calls()).singleElement().satisfies(c -> {
            assertThat(c.state()).isEqualTo(CallState.ANSWERED);
            assertThat(c.person()).isEqualTo("pia");
        });
    }

    @Test
    void aGraverAnswerLetsTheEscalationStartAnew() {
        var at = RAISED.plus(Duration.ofMinutes(6));
        var mild = SafetyAlert.raise("a1", "p1", AlertReason.PHQ_9_ITEM_9, RaisedThrough.STAFF, RAISED, escalation);
        mild.escalate(at, escalation);

        assertThat(mild.add(new AlertTrigger(AlertReason.C_SSRS_HIGH, RaisedThrough.LINK, at), escalation))
                .containsExactly(new PatientEvent.SafetyAlertRaised("p1", "a1", "c-ssrs-high", at));
        mild.escalate(at.plus(Duration.ofMinutes(15)), escalation);

        assertThat(mild.escalations())
                .extracting(SafetyAlert.Escalated::to)
                .containsExactly("nurse", "on-call", "nurse", "on-call", "prescriber");
        assertThat(mild.escalations().get(1).at()).isEqualTo(at);
        assertThat(mild.calls()).extracting(SafetyAlert.Call::id).doesNotHaveDuplicates();
        assertThat(mild.raisedAt()).isEqualTo(RAISED);
    }

    @Test
    void anAnswerThatIsNoGraverLetsTheEscalationGoOn() {
        var at = RAISED.plus(Duration.ofMinutes(3));

        assertThat(alert.add(new AlertTrigger(AlertReason.PHQ_9_ITEM_9, RaisedThrough.LINK, at), escalation))
                .isEmpty();

        assertThat(alert.nextEscalationAt()).isEqualTo(RAISED.plus(Duration.ofMinutes(5)));
        assertThat(alert.reason()).isEqualTo(AlertReason.C_SSRS_HIGH);
        assertThat(alert.triggers()).hasSize(2);
    }

    @Test
    void whoTookThePatientUpIsCalledAgainByWhateverComesAfterwards() {
        alert.acknowledge("nora", RAISED.plusSeconds(60));
        var at = RAISED.plus(Duration.ofHours(2));

        assertThat(alert.add(new AlertTrigger(AlertReason.PHQ_9_ITEM_9, RaisedThrough.LINK, at), escalation))
                .hasSize(1);

        assertThat(alert.state()).isEqualTo(SafetyAlert.State.RAISED);
        assertThat(alert.formerAcknowledgements())
                .containsExactly(new SafetyAlert.Acknowledgement("nora", RAISED.plusSeconds(60)));
        assertThat(alert.nextEscalationAt()).isEqualTo(at);
        assertThat(alert.reason()).isEqualTo(AlertReason.C_SSRS_HIGH);
    }

    @Test
    void anAnsweredCallIsNoAcknowledgement() {
        var alone = raised(RaisedThrough.LINK);
        alone.escalate(RAISED, escalation);
        alone.called(alone.calls().getFirst().id(), CallState.ANSWERED);

        alone.escalate(RAISED.plus(Duration.ofMinutes(20)), escalation);

        assertThat(alone.escalations())
                .extracting(SafetyAlert.Escalated::to)
                .containsExactly("on-call", "nurse", "on-call", "prescriber");
        assertThat(alone.state()).isEqualTo(SafetyAlert.State.RAISED);
    }

    @Test
    void anAcknowledgementSparesTheCallsThatWereNotPlaced() {
        var alone = raised(RaisedThrough.LINK);
        alone.escalate(RAISED, escalation);

        alone.acknowledge("nora", RAISED.plusSeconds(1));

        assertThat(alone.callDue(RAISED.plus(Duration.ofDays(1)))).isNull();
        assertThat(alone.calls()).extracting(SafetyAlert.Call::state).containsExactly(CallState.NOT_NEEDED);
    }

    @Test
    void isResolvedOnlyAfterSomebodyTookThePatientUp() {
        refuses("acknowledge-first", () -> alert.resolve(AlertOutcome.SAFETY_PLAN, null, true, "theo", RAISED));
    }

    @Test
    void isResolvedByASafetyPlanMadeSinceOrByAReason() {
        alert.acknowledge("nora", RAISED);
        refuses("safety-plan-needed", () -> alert.resolve(AlertOutcome.SAFETY_PLAN, null, false, "theo", RAISED));
        refuses("reason-needed", () -> alert.resolve(AlertOutcome.NO_DANGER, null, true, "theo", RAISED));

        assertThat(alert.resolve(AlertOutcome.HOSPITAL_ADMISSION, "admitted", false, "theo", RAISED))
                .containsExactly(
                        new PatientEvent.SafetyAlertResolved("p1", "a1", "hospital-admission", "theo", RAISED));

        assertThat(alert.state()).isEqualTo(SafetyAlert.State.RESOLVED);
        refuses("alert-resolved", () -> alert.resolve(AlertOutcome.NO_DANGER, "again", false, "pia", RAISED));
        assertThat(alert.resolution()).extracting(SafetyAlert.Resolution::by).isEqualTo("theo");
    }

    private static void refuses(String rule, ThrowingCallable command) {
        assertThatThrownBy(command).isInstanceOfSatisfying(RuleViolation.class, refused -> assertThat(refused.rule())
                .isEqualTo(rule));
    }
}
