package clinicops.scheduling.monitor;

import clinicops.scheduling.readiness.TreatmentRecord;
import clinicops.scheduling.session.VitalsAnswer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known at one chair, for lists.
 *
 * @param newest readings that hold the newest value of each sign, the oldest first
 * @param last the newest values that a dose depends on; null when one was never taken
 * @param nextReadingDueAt null when none is due
 * @param alarms that are not closed, in the order of their raising
 */
public record Chairside(
        List<VitalsAnswer> newest,
        TreatmentRecord.@Nullable Reading last,
        @Nullable Instant nextReadingDueAt,
        List<OpenAlarm> alarms) {
    /**
     * @param kind as `GET /api/alarms` has it
     * @param value that broke the limit, the newest one; null for what is not measured
     * @param acknowledged somebody looks after it
     * @param escalated somebody besides the nurse at the chair was told
     */
    public record OpenAlarm(
            String id,
            String kind,
            @Nullable Integer value,
            @Nullable Integer limit,
            Instant raisedAt,
            boolean acknowledged,
            boolean escalated) {
        static OpenAlarm of(Alarm alarm) {
            Alarm.Measured measured = alarm.measured();
            return new OpenAlarm(
                    alarm.id(),
                    alarm.kind(),
                    measured == null ? null : measured.value(),
                    measured == null ? null : measured.limit(),
                    alarm.raisedAt(),
                    alarm.acknowledgement() != null,
                    alarm.told().size() > 1);
        }
    }
}
