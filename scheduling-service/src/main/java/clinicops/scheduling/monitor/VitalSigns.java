package clinicops.scheduling.monitor;

import clinicops.chassis.RuleViolation;
import clinicops.scheduling.session.AtBedside;
import clinicops.scheduling.session.VitalsAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * One reading of vital signs; never changed, never taken away. Its id is its natural key, so that a tablet or device may send
 * it again. A reading that can't be right as it was told is kept with its doubts, shown, and counted for nothing.
 *
 * @param takenAt when it was measured; may lie long before {@code recordedAt}. Corrected when the device's clock was off
 * @param toldAt what the device said; null unless {@code takenAt} was corrected
 * @param source nurse or device
 * @param systolic mmHg
 * @param diastolic mmHg
 * @param spo2 percent
 * @param heartRate per minute
 * @param respiratoryRate per minute
 * @param moaas MOAA/S, 0-5, 5 fully awake
 * @param cadss6 CADSS-6, 0-24
 * @param doubts why it counts for nothing: {@code in-the-future}, {@code before-check-in}, {@code after-the-end},
 *     {@code implausible}, {@code blood-pressure}
 * @param alarms limits that the reading breaks
 * @param limits version of the limits applied
 */
@Document("vitals")
record VitalSigns(
        @Id String id,
        String sessionId,
        String patientId,
        String recorder,
        Instant takenAt,
        @Nullable Instant toldAt,
        Instant recordedAt,
        @Nullable String source,
        @Nullable Integer systolic,
        @Nullable Integer diastolic,
        @Nullable Integer spo2,
        @Nullable Integer heartRate,
        @Nullable Integer respiratoryRate,
        @Nullable Integer moaas,
        @Nullable Integer cadss6,
        @Nullable List<String> doubts,
        List<String> alarms,
        String limits) {

    /**
     * What becomes of a reading that was told.
     *
     * @param receivedAt the clinic's time
     * @throws RuleViolation {@code session-state} (409) before check-in; {@code no-values}, and of a nurse's reading
     *     {@code implausible} and {@code blood-pressure} (422)
     */
    static VitalSigns told(
            VitalsRequest told, AtBedside session, String recorder, Instant receivedAt, MonitorRules rules) {
        Instant checkedInAt = session.checkedInAt();
        if (checkedInAt == null) {
            throw RuleViolation.conflict(
                    "session-state",
                    "vital signs are recorded from check-in on; the session is "
                            + session.state().code());
        }
        Map<Sign, Integer> values = told.values();
        if (values.isEmpty()) {
            throw new RuleViolation("no-values", "the reading has no value");
        }
        Instant toldAt = Instant.ofEpochMilli(told.takenAt().toEpochMilli());
        Instant takenAt = corrected(toldAt, told.deviceAt(), receivedAt, rules.clockTolerance());
        VitalsSource source = told.source() == null ? VitalsSource.NURSE : told.source();
        List<String> doubts = new ArrayList<>();
        if (takenAt.isAfter(receivedAt.plus(rules.clockTolerance()))) {
            doubts.add("in-the-future");
        }
        if (takenAt.isBefore(checkedInAt)) {
            doubts.add("before-check-in");
        }
        Instant end = session.endedAt();
        if (end != null && takenAt.isAfter(end)) {
            doubts.add("after-the-end");
        }
        doubtValues(values, source, rules, doubts);
        List<String> alarms = doubts.isEmpty()
                ? new AlarmPolicy(rules)
                        .breaches(session.route(), Phase.at(takenAt, session), session.baseline(), values).stream()
                                .map(AlarmPolicy.Breach::kind)
                                .toList()
                : List.of();
        return new VitalSigns(
                id(session.id(), told, toldAt, recorder),
                session.id(),
                session.patientId(),
                recorder,
                takenAt,
                takenAt.equals(toldAt) ? null : toldAt,
                receivedAt,
                source.code(),
                values.get(Sign.SYSTOLIC),
                values.get(Sign.DIASTOLIC),
                values.get(Sign.SPO2),
                values.get(Sign.HEART_RATE),
                values.get(Sign.RESPIRATORY_RATE),
                values.get(Sign.MOAAS),
                values.get(Sign.CADSS6),
                List.copyOf(doubts),
                alarms,
                rules.reference());
    }

    /** Less than the tolerance is left as told: it can't be told from the way of the message. */
    private static Instant corrected(Instant told, @Nullable Instant deviceAt, Instant receivedAt, Duration tolerance) {
        if (deviceAt == null) {
            return told;
        }
        Duration behind = Duration.between(deviceAt, receivedAt);
        return behind.abs().compareTo(tolerance) <= 0
                ? told
                : Instant.ofEpochMilli(told.plus(behind).toEpochMilli());
    }

    private static void doubtValues(
            Map<Sign, Integer> values, VitalsSource source, MonitorRules rules, List<String> doubts) {
        for (var value : values.entrySet()) {
            MonitorRules.Range range = rules.plausible().get(value.getKey());
            if (range != null && !range.has(value.getValue())) {
                doubt(
                        "implausible",
                        value.getKey(),
                        "believed from " + range.least() + " to " + range.most(),
                        source,
                        doubts);
            }
        }
        Integer systolic = values.get(Sign.SYSTOLIC);
        Integer diastolic = values.get(Sign.DIASTOLIC);
        if ((systolic == null) != (diastolic == null)) {
            doubt("blood-pressure", Sign.SYSTOLIC, "a blood pressure has two values", source, doubts);
        } else if (systolic != null && diastolic != null && systolic <= diastolic) {
            doubt("blood-pressure", Sign.SYSTOLIC, "the systolic pressure is above the diastolic one", source, doubts);
        }
    }

    private static void doubt(String rule, Sign sign, String why, VitalsSource source, List<String> doubts) {
        if (source == VitalsSource.NURSE) {
            throw new RuleViolation(rule, why).withField(sign.field());
        }
        if (!doubts.contains(rule)) {
            doubts.add(rule);
        }
    }

    /** Without an id of its own a reading is known by its moment, who read it, and what. */
    private static String id(String sessionId, VitalsRequest told, Instant toldAt, String recorder) {
        String reading = told.readingId() != null
                ? told.readingId()
                : UUID.nameUUIDFromBytes(
                                (toldAt + "|" + recorder + "|" + told.values()).getBytes(StandardCharsets.UTF_8))
                        .toString();
        return sessionId + "|" + reading;
    }

    /** The same measurement, whenever it was recorded. */
    boolean sameMeasurement(VitalSigns other) {
        return values().equals(other.values());
    }

    /** Whether anything may be decided by it. */
    boolean counts() {
        return doubts == null || doubts.isEmpty();
    }

    boolean ofDevice() {
        return VitalsSource.DEVICE.code().equals(source);
    }

    Map<Sign, Integer> values() {
        return Sign.present(systolic, diastolic, spo2, heartRate, respiratoryRate, moaas, cadss6);
    }

    VitalsAnswer answer() {
        return new VitalsAnswer(
                id.substring(sessionId.length() + 1),
                takenAt,
                toldAt,
                recordedAt,
                recorder,
                source == null ? VitalsSource.NURSE.code() : source,
                systolic,
                diastolic,
                spo2,
                heartRate,
                respiratoryRate,
                moaas,
                cadss6,
                doubts == null ? List.of() : doubts,
                alarms,
                limits);
    }
}
