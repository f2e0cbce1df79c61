package clinicops.scheduling.session;

import static clinicops.scheduling.session.SessionAtHand.PROTOCOL;
import static org.assertj.core.api.Assertions.assertThat;

import clinicops.scheduling.protocol.RuleBook;
import clinicops.scheduling.readiness.TreatmentRecord.Answers;
import clinicops.scheduling.readiness.TreatmentRecord.Reading;
import clinicops.scheduling.session.TreatmentSession.Gate;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a prescriber who lets vital signs pass has let pass. */
class SessionOverrideTest {
    private final SessionAtHand hand = SessionAtHand.by("iv");
    private final Instant decided = hand.now.plusSeconds(600);

    private Reading reading(int minutesAfterDecision, int systolic, int spo2) {
        return new Reading(decided.plusSeconds(60L * minutesAfterDecision), systolic, 90, spo2, 80);
    }

    private static Gate gate(Reading vitals, Instant at, String... blockers) {
        Answers answers = new Answers(new BigDecimal("8"), new BigDecimal("3"), false, false, null, null);
        return new Gate(answers, vitals, List.of(blockers), List.of(), List.of(), "nora", at, List.of());
    }

    private boolean covers(Reading now, @Nullable Gate gate) {
        hand.checkIn();
        SessionOverride override = SessionOverride.ask(
                "override",
                hand.session,
                List.of(SessionOverride.VITALS),
                "known hypertension",
                new RuleBook().read("overrides", OverrideRules.class),
                "nora",
                hand.now);
        override.decide(true, null, "paula", decided);
        return override.covers(now, gate, PROTOCOL.vitals().hardHold());
    }

    @Test
    void coversWhatThePrescriberCouldSee() {
        assertThat(covers(reading(-1, 165, 97), null)).isTrue();
    }

    @Test
    void nobodyLookedAtALaterReading() {
        assertThat(covers(reading(5, 168, 97), null)).isFalse();
    }

    @Test
    void coversALaterReadingThatIsNoWorseInKindThanTheGates() {
        Reading high = reading(-1, 165, 97);
        assertThat(covers(reading(5, 168, 97), gate(high, high.takenAt(), SessionOverride.VITALS)))
                .isTrue();
    }

    @Test
    void aPressureThatWasLetPassLetsNoLowSaturationPassThatCameLater() {
        Reading high = reading(-1, 165, 97);
        assertThat(covers(reading(5, 165, 85), gate(high, high.takenAt(), SessionOverride.VITALS)))
                .isFalse();
    }

    @Test
    void aGateThatRefusedALowSaturationAfterTheDecisionLetsNonePass() {
        Reading low = reading(4, 165, 85);
        assertThat(covers(reading(5, 165, 85), gate(low, low.takenAt(), SessionOverride.VITALS)))
                .isFalse();
    }
}
