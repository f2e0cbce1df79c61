package clinicops.scheduling.resource;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a session occupies.
 *
 * @param endsAt when the chair is free again
 * @param seat which of the nurse's places, from 1 to the most chairs that they may watch
 * @param pumpId the infusion pump; null where the route needs none, or the clinic keeps no list of pumps
 * @param prescriberId who is there all the time; not theirs alone, and null in records from before it was kept
 */
public record Place(
        Instant startsAt,
        Instant endsAt,
        String chairId,
        String nurseId,
        int seat,
        @Nullable String pumpId,
        @Nullable String prescriberId) {}
