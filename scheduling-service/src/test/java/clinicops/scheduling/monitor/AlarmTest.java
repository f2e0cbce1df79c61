package clinicops.scheduling.monitor;

import static clinicops.scheduling.monitor.AtTheChair.minute;
import static org.assertj.core.api.Assertions.assertThat;

import clinicops.contracts.SchedulingEvent;
import clinicops.scheduling.protocol.RuleBook;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** An alarm climbs until somebody looks, and is closed when its cause is over, too. */
class AlarmTest {
    private static final AlarmEscalation ESCALATION = new RuleBook().read("alarm-escalation", AlarmEscalation.class);
    private static final Alarm.At CHAIR = new Alarm.At("session", "patient", "chair", "nora");
    private static final Instant RAISED = minute(40);
    private static final Duration AGAIN = ESCALATION.againAfter();

    private final Alarm alarm =
            Alarm.raise("alarm", CHAIR, "spo2-low", new Alarm.Measured(89, 92, RAISED), RAISED, ESCALATION);

    @Test
    void theNurseAtTheChairIsToldAtOnceThenAllNursesThenThePrescribers() {
        assertThat(alarm.raised())
                .containsExactly(new SchedulingEvent.AlarmRaised("alarm", "session", "patient", "spo2-low", RAISED));
        assertThat(alarm.told()).extracting(Alarm.Told::to).containsExactly("nurse-at-chair");
        assertThat(alarm.escalate(RAISED.plusSeconds(59), ESCALATION)).isFalse();
        assertThat(alarm.escalate(RAISED.plusSeconds(60), ESCALATION)).isTrue();
        // the service was down: what has fallen due meanwhile keeps its time
        assertThat(alarm.escalate(RAISED.plusSeconds(3600), ESCALATION)).isTrue();
        assertThat(alarm.told())
                .containsExactly(
                        new Alarm.Told("nurse-at-chair", RAISED),
                        new Alarm.Told("nurses", RAISED.plusSeconds(60)),
                        new Alarm.Told("prescribers", RAISED.plusSeconds(180)));
        assertThat(alarm.nextEscalationAt()).isNull();
    }

    @Test
    void helpAndAPatientWhoLeavesAreToldToPrescribersAtOnce() {
        for (String kind : new String[] {"help", "left-against-advice", "transferred"}) {
            Alarm told = Alarm.raise("other", CHAIR, kind, null, RAISED, ESCALATION);
            assertThat(told.told()).as(kind).extracting(Alarm.Told::to).contains("prescribers");
            told.acknowledge("paula", false, minute(41), AGAIN);
            assertThat(told.closed()).isTrue();
        }
    }

    @Test
    void theFirstWhoAcknowledgesEndsTheClimbing() {
        assertThat(alarm.acknowledge("nora", true, minute(41), AGAIN)).hasSize(1);
        assertThat(alarm.acknowledge("nick", false, minute(42), AGAIN)).isEmpty();
        assertThat(alarm.acknowledgement()).isEqualTo(new Alarm.Acknowledgement("nora", minute(41), true));
        assertThat(alarm.escalate(minute(60), ESCALATION)).isFalse();
        assertThat(alarm.closed()).as("the value is still low").isFalse();
        assertThat(alarm.over(minute(43))).isTrue();
        assertThat(alarm.closed()).isTrue();
    }

    @Test
    void aValueThatIsWellAgainSparesNobodyTheAcknowledgement() {
        assertThat(alarm.over(minute(41))).isTrue();
        assertThat(alarm.over(minute(42))).as("known").isFalse();
        assertThat(alarm.closed()).isFalse();
        assertThat(alarm.escalate(minute(44), ESCALATION)).isTrue();
        alarm.acknowledge("nora", false, minute(45), AGAIN);
        assertThat(alarm.closed()).isTrue();
    }

    @Test
    void aCauseThatGoesOnSoundsAgainWhenTheAcknowledgementIsLongAgo() {
        assertThat(alarm.goesOn(new Alarm.Measured(86, 92, minute(41)), minute(41), AGAIN))
                .isFalse();
        assertThat(alarm.measured()).isEqualTo(new Alarm.Measured(86, 92, minute(41)));
        alarm.acknowledge("nora", true, minute(42), AGAIN);
        assertThat(alarm.goesOn(null, minute(46), AGAIN)).isFalse();
        assertThat(alarm.goesOn(null, minute(47), AGAIN)).isTrue();
        assertThat(alarm.closed()).isTrue();
    }

    @Test
    void aReadingThatStillDoesNotComeSoundsAgainAlthoughSomebodyLooked() {
        Alarm overdue = Alarm.raise("other", CHAIR, "reading-overdue", null, RAISED, ESCALATION);
        overdue.acknowledge("nora", false, minute(42), AGAIN);
        assertThat(overdue.nextEscalationAt()).isEqualTo(minute(47));
        assertThat(overdue.escalate(minute(47), ESCALATION)).as("no climbing").isFalse();
        assertThat(overdue.acknowledgedInVain()).isTrue();
        assertThat(overdue.goesOn(null, minute(47), AGAIN)).isTrue();
        assertThat(overdue.closed()).isTrue();
        assertThat(overdue.nextEscalationAt()).isNull();
    }

    @Test
    void aReadingThatComesAfterTheAcknowledgementEndsIt() {
        Alarm overdue = Alarm.raise("other", CHAIR, "reading-overdue", null, RAISED, ESCALATION);
        overdue.acknowledge("nora", false, minute(42), AGAIN);
        assertThat(overdue.over(minute(44))).isTrue();
        assertThat(overdue.closed()).isTrue();
        assertThat(overdue.nextEscalationAt()).isNull();
    }
}
