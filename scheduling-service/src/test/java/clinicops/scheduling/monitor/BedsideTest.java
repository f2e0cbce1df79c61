package clinicops.scheduling.monitor;

import static clinicops.scheduling.monitor.AtTheChair.DOSE_END;
import static clinicops.scheduling.monitor.AtTheChair.DOSE_START;
import static clinicops.scheduling.monitor.AtTheChair.RULES;
import static clinicops.scheduling.monitor.AtTheChair.minute;
import static clinicops.scheduling.monitor.AtTheChair.session;
import static clinicops.scheduling.monitor.AtTheChair.told;
import static clinicops.scheduling.monitor.AtTheChair.well;
import static org.assertj.core.api.Assertions.assertThat;

import clinicops.scheduling.session.AtBedside;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When the next reading is due, when it is overdue, and what the gate is told. */
class BedsideTest {
    private final Bedside bedside = Bedside.of("session");

    private void take(AtBedside session, Instant at, Map<Sign, Integer> values, VitalsSource source) {
        bedside.take(VitalSigns.told(told(null, at, null, source, values), session, "nora", at, RULES), session, RULES);
    }

    @Test
    void anInfusionIsWatchedEvery15MinutesUntilAnHourAfterIt() {
        AtBedside dosing = session("iv", Phase.DOSING);
        take(dosing, minute(20), well(), VitalsSource.NURSE);
        assertThat(bedside.nextReadingDueAt()).isEqualTo(DOSE_START.plus(Duration.ofMinutes(15)));
        take(dosing, minute(44), well(), VitalsSource.NURSE);
        assertThat(bedside.nextReadingDueAt()).isEqualTo(minute(59));

        AtBedside recovering = session("iv", Phase.RECOVERING);
        take(recovering, DOSE_END.plus(Duration.ofMinutes(45)), well(), VitalsSource.NURSE);
        assertThat(bedside.nextReadingDueAt()).isEqualTo(DOSE_END.plus(Duration.ofMinutes(60)));
        take(recovering, DOSE_END.plus(Duration.ofMinutes(60)), well(), VitalsSource.NURSE);
        assertThat(bedside.nextReadingDueAt()).isNull();
    }

    @Test
    void esketamineIsReadAfter40MinutesAndWatchedUntilThePatientLeaves() {
        AtBedside dosing = session("nasal", Phase.DOSING);
        take(dosing, minute(20), well(), VitalsSource.NURSE);
        assertThat(bedside.nextReadingDueAt()).isEqualTo(DOSE_START.plus(Duration.ofMinutes(40)));
        AtBedside recovering = session("nasal", Phase.RECOVERING);
        take(recovering, DOSE_END.plus(Duration.ofMinutes(30)), well(), VitalsSource.NURSE);
        assertThat(bedside.nextReadingDueAt()).isEqualTo(DOSE_END.plus(Duration.ofMinutes(70)));
        take(recovering, DOSE_END.plus(Duration.ofMinutes(110)), well(), VitalsSource.NURSE);
        assertThat(bedside.nextReadingDueAt())
                .as("not safe to leave after two hours")
                .isEqualTo(DOSE_END.plus(Duration.ofMinutes(150)));
    }

    @Test
    void aSaturationAloneIsNotTheReadingThatIsDue() {
        AtBedside dosing = session("iv", Phase.DOSING);
        take(dosing, minute(32), well(), VitalsSource.NURSE);
        Instant due = bedside.nextReadingDueAt();
        take(dosing, minute(46), Map.of(Sign.SPO2, 97), VitalsSource.DEVICE);
        assertThat(bedside.nextReadingDueAt()).isEqualTo(due).isEqualTo(minute(47));

        assertThat(bedside.tellOverdue(minute(52), RULES)).isFalse();
        assertThat(bedside.nextCheckAt()).isEqualTo(minute(52).plusMillis(1));
        assertThat(bedside.tellOverdue(minute(52).plusMillis(1), RULES)).isTrue();
        assertThat(bedside.tellOverdue(minute(60), RULES)).as("told once").isFalse();
        assertThat(bedside.nextCheckAt()).isNull();
    }

    @Test
    void afterARescueDrugThePatientIsLookedAtWithin10Minutes() {
        AtBedside dosing = session("iv", Phase.DOSING);
        take(dosing, minute(32), well(), VitalsSource.NURSE);
        bedside.recheckAfterRescue(minute(33), RULES);
        bedside.follow(dosing, RULES);
        assertThat(bedside.nextReadingDueAt()).isEqualTo(minute(43));
        take(dosing, minute(34), well(), VitalsSource.NURSE);
        assertThat(bedside.nextReadingDueAt()).isEqualTo(minute(43));
        take(dosing, minute(42), well(), VitalsSource.NURSE);
        assertThat(bedside.nextReadingDueAt()).isEqualTo(minute(57));
    }

    @Test
    void afterTwoRescueDrugsTheEffectOfEachIsLookedAt() {
        AtBedside dosing = session("iv", Phase.DOSING);
        take(dosing, minute(32), well(), VitalsSource.NURSE);
        bedside.recheckAfterRescue(minute(33), RULES);
        bedside.recheckAfterRescue(minute(41), RULES);
        bedside.follow(dosing, RULES);
        assertThat(bedside.nextReadingDueAt()).isEqualTo(minute(43));
        take(dosing, minute(43), well(), VitalsSource.NURSE);
        assertThat(bedside.nextReadingDueAt()).isEqualTo(minute(51));
        take(dosing, minute(51), well(), VitalsSource.NURSE);
        assertThat(bedside.nextReadingDueAt()).isEqualTo(minute(66));
    }

    @Test
    void aDevicesLowSaturationCountsAfter15SecondsWithoutANormalOne() {
        AtBedside dosing = session("iv", Phase.DOSING);
        take(dosing, minute(40), Map.of(Sign.SPO2, 89), VitalsSource.DEVICE);
        assertThat(bedside.tellLowSpo2(minute(40).plusSeconds(14), RULES)).isFalse();
        assertThat(bedside.nextCheckAt()).isEqualTo(minute(40).plusSeconds(15));
        assertThat(bedside.tellLowSpo2(minute(40).plusSeconds(15), RULES)).isTrue();

        take(dosing, minute(41), Map.of(Sign.SPO2, 89), VitalsSource.DEVICE);
        take(dosing, minute(41).plusSeconds(5), Map.of(Sign.SPO2, 97), VitalsSource.DEVICE);
        assertThat(bedside.tellLowSpo2(minute(42), RULES)).isFalse();
    }

    @Test
    void theGateIsToldTheNewestOfEachSignAsOldAsTheOldest() {
        AtBedside before = session("iv", Phase.PRE_DOSE);
        take(before, minute(5), Map.of(Sign.SPO2, 97, Sign.HEART_RATE, 80), VitalsSource.DEVICE);
        assertThat(bedside.reading()).isNull();
        take(before, minute(9), Map.of(Sign.SYSTOLIC, 130, Sign.DIASTOLIC, 80), VitalsSource.NURSE);
        take(before, minute(10), Map.of(Sign.SPO2, 95), VitalsSource.DEVICE);

        assertThat(bedside.reading()).satisfies(reading -> {
            assertThat(reading.takenAt()).isEqualTo(minute(5));
            assertThat(reading.systolic()).isEqualTo(130);
            assertThat(reading.spo2()).isEqualTo(95);
        });
    }

    @Test
    void whenTheSessionIsOverNothingIsDue() {
        take(session("iv", Phase.DOSING), minute(32), well(), VitalsSource.NURSE);
        bedside.follow(AtTheChair.over(minute(100)), RULES);
        assertThat(bedside.nextReadingDueAt()).isNull();
        assertThat(bedside.nextCheckAt()).isNull();
    }
}
