package clinicops.scheduling.monitor;

import clinicops.contracts.SchedulingEvent;
import clinicops.scheduling.session.SessionFollower;
import clinicops.scheduling.session.TreatmentSession;
import java.util.List;
import org.springframework.stereotype.Component;

/** Keeps the chairs in step with their sessions, in the sessions' own transactions. */
@Component
class SessionsInSight implements SessionFollower {
    private final VitalsDesk vitals;

    SessionsInSight(VitalsDesk vitals) {
        this.vitals = vitals;
    }

    @Override
    public void followed(TreatmentSession session, List<SchedulingEvent> events) {
        boolean help = events.stream().anyMatch(SchedulingEvent.HelpCalled.class::isInstance);
        if (session.atBedside().checkedInAt() != null || help) {
            vitals.follow(session.atBedside(), events);
        }
    }
}
