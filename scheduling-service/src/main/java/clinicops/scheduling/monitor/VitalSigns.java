package clinicops.scheduling.monitor;

import clinicops.scheduling.protocol.Protocol;
import clinicops.scheduling.readiness.TreatmentRecord;
import clinicops.scheduling.session.VitalsAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * One reading of vital signs; never changed, never taken away. Its id is its natural key, so that a device may send it again.
 *
 * @param takenAt when it was measured, by the device or the nurse; may lie before {@code recordedAt}
 * @param systolic mmHg
 * @param diastolic mmHg
 * @param spo2 percent
 * @param heartRate per minute
 * @param respiratoryRate per minute
 * @param moaas MOAA/S, 0-5, 5 fully awake
 * @param cadss6 CADSS-6, 0-24; null when it was not asked
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
        Instant recordedAt,
        int systolic,
        int diastolic,
        int spo2,
        int heartRate,
        int respiratoryRate,
        int moaas,
        @Nullable Integer cadss6,
        List<String> alarms,
        String limits) {

    static String id(String sessionId, Instant takenAt, String recorder) {
        return sessionId + "|" + takenAt + "|" + recorder;
    }

    /** The same measurement, whenever it was recorded. */
    boolean sameMeasurement(VitalSigns other) {
        return systolic == other.systolic
                && diastolic == other.diastolic
                && spo2 == other.spo2
                && heartRate == other.heartRate
                && respiratoryRate == other.respiratoryRate
                && moaas == other.moaas
                && java.util.Objects.equals(cadss6, other.cadss6);
    }

    TreatmentRecord.Reading reading() {
        return new TreatmentRecord.Reading(takenAt, systolic, diastolic, spo2, heartRate);
    }

    VitalsAnswer answer() {
        return new VitalsAnswer(
                takenAt,
                recordedAt,
                recorder,
                systolic,
                diastolic,
                spo2,
                heartRate,
                respiratoryRate,
                moaas,
                cadss6,
                alarms,
                limits);
    }

    /** Names of the in-session limits that these values break. */
    static List<String> alarms(
            Protocol.Alarm limit,
            int systolic,
            int diastolic,
            int spo2,
            int heartRate,
            int respiratoryRate,
            int moaas) {
        List<String> alarms = new ArrayList<>();
        add(alarms, systolic > limit.systolicAbove(), "systolic-high");
        add(alarms, systolic < limit.systolicBelow(), "systolic-low");
        add(alarms, diastolic > limit.diastolicAbove(), "diastolic-high");
        add(alarms, spo2 < limit.spo2Below(), "spo2-low");
        add(alarms, heartRate > limit.heartRateAbove(), "heart-rate-high");
        add(alarms, heartRate < limit.heartRateBelow(), "heart-rate-low");
        add(alarms, respiratoryRate < limit.respiratoryRateBelow(), "respiratory-rate-low");
        add(alarms, moaas <= limit.moaasAtMost(), "sedation");
        return List.copyOf(alarms);
    }

    private static void add(List<String> alarms, boolean broken, String name) {
        if (broken) {
            alarms.add(name);
        }
    }
}
