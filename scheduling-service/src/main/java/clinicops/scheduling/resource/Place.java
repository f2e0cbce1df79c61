package clinicops.scheduling.resource;

import java.time.Instant;

/**
 * What a session occupies.
 *
 * @param endsAt when the chair is free again
 * @param seat which of the nurse's places, from 1 to the most chairs that they may watch
 */
public record Place(Instant startsAt, Instant endsAt, String chairId, String nurseId, int seat) {}
