package clinicops.scheduling.monitor;

import clinicops.scheduling.protocol.RuleBook;
import clinicops.scheduling.readiness.TreatmentRecord;
import clinicops.scheduling.session.AtBedside;
import clinicops.scheduling.session.SessionState;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A patient at a chair: checked in at 9:00, dose from 9:30, to 10:10 when it has ended. */
final class AtTheChair {
    static final MonitorRules RULES = new RuleBook().read("vitals-limits", MonitorRules.class);
    static final Instant CHECK_IN = Instant.parse("2026-12-01T14:00:00Z");
    static final Instant DOSE_START = CHECK_IN.plus(Duration.ofMinutes(30));
    static final Instant DOSE_END = CHECK_IN.plus(Duration.ofMinutes(70));
    static final TreatmentRecord.Reading BASELINE =
            new TreatmentRecord.Reading(CHECK_IN.plus(Duration.ofMinutes(5)), 120, 75, 98, 70);

    private AtTheChair() {}

    static AtBedside session(String route, Phase phase) {
        return switch (phase) {
            case PRE_DOSE -> session(route, SessionState.READY_TO_DOSE, null, null, null);
            case DOSING -> session(route, SessionState.DOSING, DOSE_START, null, null);
            case RECOVERING -> session(route, SessionState.RECOVERING, DOSE_START, DOSE_END, null);
        };
    }

    static AtBedside over(Instant end) {
        return session("iv", SessionState.DISCHARGED, DOSE_START, DOSE_END, end);
    }

    private static AtBedside session(
            String route,
            SessionState state,
            @Nullable Instant doseStart,
            @Nullable Instant doseEnd,
            @Nullable Instant end) {
        return new AtBedside(
                "session",
                7,
                "patient",
                route,
                new AtBedside.Seat("chair", "nurse"),
                state,
                CHECK_IN,
                new AtBedside.Baseline(BASELINE),
                doseStart,
                doseEnd,
                end == null ? null : new AtBedside.End(end),
                null);
    }

    static Map<Sign, Integer> well() {
        Map<Sign, Integer> values = new EnumMap<>(Sign.class);
        values.put(Sign.SYSTOLIC, 122);
        values.put(Sign.DIASTOLIC, 76);
        values.put(Sign.SPO2, 98);
        values.put(Sign.HEART_RATE, 72);
        values.put(Sign.RESPIRATORY_RATE, 14);
        values.put(Sign.MOAAS, 5);
        return values;
    }

    static Map<Sign, Integer> wellBut(Sign sign, int value) {
        Map<Sign, Integer> values = well();
        values.put(sign, value);
        return values;
    }

    static VitalsRequest told(
            @Nullable String id,
            Instant takenAt,
            @Nullable Instant deviceAt,
            VitalsSource source,
            Map<Sign, Integer> values) {
        return new VitalsRequest(
                id,
                takenAt,
                deviceAt,
                source,
                values.get(Sign.SYSTOLIC),
                values.get(Sign.DIASTOLIC),
                values.get(Sign.SPO2),
                values.get(Sign.HEART_RATE),
                values.get(Sign.RESPIRATORY_RATE),
                values.get(Sign.MOAAS),
                values.get(Sign.CADSS6));
    }

    static Instant minute(long minute) {
        return CHECK_IN.plus(Duration.ofMinutes(minute));
    }
}
