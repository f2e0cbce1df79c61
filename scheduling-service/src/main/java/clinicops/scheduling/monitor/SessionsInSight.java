package clinicops.scheduling.monitor;

import clinicops.contracts.SchedulingEvent;
import clinicops.scheduling.readiness.Pulses;
import clinicops.scheduling.session.SessionFollower;
import clinicops.scheduling.session.TreatmentSession;
import java.util.List;
import org.springframework.stereotype.Component;

/** Keeps the chairs in step with their sessions, in the sessions' own transactions. */
@Component
class SessionsInSight implements SessionFollower {
    private final VitalsDesk vitals;
    private final Pulses pulses;

    SessionsInSight(VitalsDesk vitals, Pulses pulses) {
        this.vitals = vitals;
        this.pulses = pulses;
    }

    @Override
    public void followed(TreatmentSession session, List<SchedulingEvent> events) {
        pulses.progressed(session.id(), session.patientId());
        boolean help = events.stream().anyMatch(SchedulingEvent.HelpCalled.class::isInstance);
        if (session.atBedside().checkedInAt() != null || help) {
            vitals.follow(session.atBedside(), events);
        }
    }
}
