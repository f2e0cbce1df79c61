package clinicops.scheduling.session;

import java.time.Instant;

/** Where and when a session is, and whether it still stands: what calendars tell. */
public record PlacedSession(String id, long version, String patientId, At place, SessionState state, String listKey) {
    public record At(String chairId, String nurseId, Instant startsAt, Instant endsAt) {}
}
