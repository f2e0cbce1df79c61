package clinicops.scheduling.session;

import static clinicops.scheduling.session.SessionAtHand.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Esketamine comes in nasal devices of 28 mg: nothing is drawn, no line lies, no pump runs. */
class DeviceTest {
    private final SessionAtHand hand = SessionAtHand.by("nasal");

    @Test
    void aDoseOf56MgIsTwoDevicesFiveMinutesApart() {
        hand.prepared();
        hand.start(SessionAtHand.CLEAR);
        refused("device-count", () -> hand.session.finishDose(SessionAtHand.PROTOCOL, hand.now));
        hand.device();
        refused("device-gap", hand::device);
        hand.wait(4);
        refused("device-gap", hand::device);
        hand.wait(1);
        hand.device();
        Instant last = hand.now;
        hand.wait(10);
        refused("device-count", hand::device);
        hand.session.finishDose(SessionAtHand.PROTOCOL, hand.now);

        // two hours are counted from the last device
        assertThat(hand.session.doseEndedAt()).isEqualTo(last);
        hand.wait(109);
        refused("observation-time", () -> hand.discharge(hand.told(true, null), null));
        hand.wait(1);
        var completed = (clinicops.contracts.SchedulingEvent.SessionCompleted)
                hand.discharge(hand.told(true, null), null).getFirst();
        assertThat(completed.doseMg()).isEqualByComparingTo("56");
        assertThat(completed.ndc()).isEqualTo("50458-0028-02");
    }

    @Test
    void whoStopsAfterTheFirstDeviceGot28Mg() {
        hand.dosing();
        hand.device();
        hand.wait(3);
        hand.session.stop("patient-request", hand.entry());
        assertThat(hand.completed().doseMg()).isEqualByComparingTo("28");
    }

    @Test
    void nothingIsDrawnAndNoLineLies() {
        hand.ready();
        hand.order(null, null, "80");
        refused("not-for-this-route", () -> hand.draw("50", "1.12"));
        refused("not-for-this-route", () -> hand.pump("1", "1"));
        refused(
                "not-for-this-route",
                () -> hand.session.tryIvLine("hand-left", 22, true, SessionAtHand.PROTOCOL, "nora", hand.now));
        hand.start(SessionAtHand.CLEAR);
        var infusion = SessionAtHand.by("iv").dosing();
        refused("not-for-this-route", infusion::device);
    }

    @Test
    void aFixedDoseThatIsNoWholeNumberOfDevicesIsRefused() {
        hand.ready();
        refused(
                "device-count",
                () -> Dosing.devices(
                        SessionAtHand.of("60"),
                        SessionAtHand.PROTOCOL.vials().deviceOf("nasal").orElseThrow()));
    }
}
