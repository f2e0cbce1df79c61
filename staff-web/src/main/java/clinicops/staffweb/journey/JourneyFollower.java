package clinicops.staffweb.journey;

import java.time.Instant;
import java.util.List;

/**
 * Is told what enters the journeys that are shown, in the order of its commits and after them: whoever looks on being told sees
 * it. Positions grow, and mean the same in every copy of the front door. One thread tells.
 */
public interface JourneyFollower {
    /**
     * @param position where this stands among all that happened
     * @param at business time of the latest of the events
     * @param types wire types of the events that one transaction brought, for example {@code scheduling.session-started.v1}
     */
    void entered(long position, String patientId, Instant at, List<String> types);

    /** Nothing before this position will be told, or what was told of is shown no more: look at everything again. */
    void startOver(long position);

    /** The database answered just now; everything before this position has been told. */
    void upTo(long position);
}
