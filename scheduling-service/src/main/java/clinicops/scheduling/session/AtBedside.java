package clinicops.scheduling.session;

import clinicops.scheduling.readiness.TreatmentRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * As much of a session as the monitor needs.
 *
 * @param gate with the baseline; null before the gate asked
 */
public record AtBedside(
        String id,
        long version,
        String patientId,
        String route,
        Seat place,
        SessionState state,
        @Nullable Instant checkedInAt,
        @Nullable Baseline gate,
        @Nullable Instant doseStartedAt,
        @Nullable Instant doseEndedAt,
        @Nullable End discharge,
        @Nullable End ending) {

    /** Where the patient sits, and who is their nurse. */
    public record Seat(String chairId, String nurseId) {}

    /** The reading of the pre-dose gate; null when there was none. */
    public record Baseline(TreatmentRecord.@Nullable Reading vitals) {}

    /** A moment at which the session ended. */
    public record End(Instant at) {}

    /** When the patient left; null while the session lasts. */
    public @Nullable Instant endedAt() {
        return discharge != null ? discharge.at() : ending != null ? ending.at() : null;
    }

    /** The patient's own values before the dose; null when none were taken. */
    public TreatmentRecord.@Nullable Reading baseline() {
        return gate == null ? null : gate.vitals();
    }
}
