package clinicops.scheduling.resource;

import java.time.Instant;

/** A patient with a therapist in a room for some time. */
public record Meeting(String therapistId, String roomId, Instant startsAt, Instant endsAt) {}
