package clinicops.scheduling.session;

import clinicops.contracts.SchedulingEvent;
import java.util.List;

/**
 * Keeps something of its own in step with the sessions. Called inside the transaction of the change, after the session was
 * saved: a follower that fails takes the change back with it.
 */
public interface SessionFollower {
    /** @param events what happened; empty when nothing is told of it */
    void followed(TreatmentSession session, List<SchedulingEvent> events);
}
