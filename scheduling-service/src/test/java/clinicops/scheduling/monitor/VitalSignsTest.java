package clinicops.scheduling.monitor;

import static clinicops.scheduling.monitor.AtTheChair.RULES;
import static clinicops.scheduling.monitor.AtTheChair.minute;
import static clinicops.scheduling.monitor.AtTheChair.session;
import static clinicops.scheduling.monitor.AtTheChair.told;
import static clinicops.scheduling.monitor.AtTheChair.well;
import static clinicops.scheduling.monitor.AtTheChair.wellBut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinicops.chassis.RuleViolation;
import clinicops.scheduling.session.AtBedside;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a reading that is told: believed, corrected, doubted or sent back. */
class VitalSignsTest {
    private final AtBedside dosing = session("iv", Phase.DOSING);

    private VitalSigns taken(VitalsRequest told, Instant receivedAt) {
        return VitalSigns.told(told, dosing, "nora", receivedAt, RULES);
    }

    @Test
    void aSaturationAloneIsAReading() {
        VitalSigns reading =
                taken(told(null, minute(40), null, VitalsSource.DEVICE, Map.of(Sign.SPO2, 97)), minute(40));

        assertThat(reading.counts()).isTrue();
        assertThat(reading.values()).containsOnlyKeys(Sign.SPO2);
        assertThat(reading.alarms()).isEmpty();
    }

    @Test
    void aReadingWithoutAnyValueIsRefused() {
        assertThatThrownBy(() -> taken(told(null, minute(40), null, VitalsSource.NURSE, Map.of()), minute(40)))
                .isInstanceOfSatisfying(
                        RuleViolation.class, e -> assertThat(e.rule()).isEqualTo("no-values"));
    }

    @ParameterizedTest
    @ValueSource(longs = {-11 * 60, -5, 5, 11 * 60})
    void aDeviceClockThatIsOffIsCorrected(long minutesAhead) {
        Duration ahead = Duration.ofMinutes(minutesAhead);

        VitalSigns reading = taken(
                told(null, minute(40).plus(ahead), minute(52).plus(ahead), VitalsSource.DEVICE, Map.of(Sign.SPO2, 97)),
                minute(52));

        assertThat(reading.takenAt()).isEqualTo(minute(40));
        assertThat(reading.toldAt()).isEqualTo(minute(40).plus(ahead));
        assertThat(reading.recordedAt()).isEqualTo(minute(52));
        assertThat(reading.counts()).isTrue();
    }

    @Test
    void aClockThatIsOffByASecondIsLeftAlone() {
        Instant told = minute(40).plusSeconds(1);
        VitalSigns reading = taken(told(null, told, told, VitalsSource.NURSE, well()), minute(40));

        assertThat(reading.takenAt()).isEqualTo(told);
        assertThat(reading.toldAt()).isNull();
    }

    @Test
    void whatCantHaveBeenThenIsKeptWithItsDoubt() {
        assertThat(taken(told(null, minute(60), null, VitalsSource.NURSE, well()), minute(40))
                        .doubts())
                .containsExactly("in-the-future");
        assertThat(taken(told(null, minute(-5), null, VitalsSource.NURSE, well()), minute(40))
                        .doubts())
                .containsExactly("before-check-in");
        VitalSigns late = VitalSigns.told(
                told(null, minute(140), null, VitalsSource.NURSE, wellBut(Sign.SYSTOLIC, 200)),
                AtTheChair.over(minute(135)),
                "nora",
                minute(141),
                RULES);
        assertThat(late.doubts()).containsExactly("after-the-end");
        assertThat(late.alarms()).isEmpty();
    }

    @Test
    void whatCantBeIsDoubtedOfADeviceAndSentBackToANurse() {
        VitalSigns off =
                taken(told(null, minute(40), null, VitalsSource.DEVICE, wellBut(Sign.HEART_RATE, 999)), minute(40));
        assertThat(off.doubts()).containsExactly("implausible");
        VitalSigns half =
                taken(told(null, minute(40), null, VitalsSource.DEVICE, Map.of(Sign.SYSTOLIC, 120)), minute(40));
        assertThat(half.doubts()).containsExactly("blood-pressure");

        assertThatThrownBy(() -> taken(
                        told(null, minute(40), null, VitalsSource.NURSE, wellBut(Sign.HEART_RATE, 999)), minute(40)))
                .isInstanceOfSatisfying(RuleViolation.class, e -> {
                    assertThat(e.rule()).isEqualTo("implausible");
                    assertThat(e.field()).isEqualTo("heartRate");
                });
        assertThatThrownBy(() -> taken(
                        told(null, minute(40), null, VitalsSource.NURSE, wellBut(Sign.DIASTOLIC, 140)), minute(40)))
                .isInstanceOfSatisfying(
                        RuleViolation.class, e -> assertThat(e.rule()).isEqualTo("blood-pressure"));
    }

    @Test
    void twoReadingsOfOneMomentAreTwo() {
        String first = taken(told(null, minute(40), null, VitalsSource.NURSE, well()), minute(40))
                .id();
        String again = taken(told(null, minute(40), null, VitalsSource.NURSE, well()), minute(50))
                .id();
        String other = taken(told(null, minute(40), null, VitalsSource.NURSE, wellBut(Sign.SPO2, 97)), minute(40))
                .id();

        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }
}
