package clinicops.scheduling.drug;

import clinicops.contracts.SchedulingEvent;
import clinicops.scheduling.protocol.Protocol;
import clinicops.scheduling.session.DrugUse;
import clinicops.scheduling.session.SessionFollower;
import clinicops.scheduling.session.SessionState;
import clinicops.scheduling.session.TreatmentSession;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Keeps the drug log in step with the sessions: a draw that the stock does not cover takes the session's change back with it;
 * what a patient already got is logged in any case.
 */
@Component
class DrugFollower implements SessionFollower {
    private final DrugLog log;
    private final Protocol protocol;

    DrugFollower(DrugLog log, Protocol protocol) {
        this.log = log;
        this.protocol = protocol;
    }

    @Override
    public void followed(TreatmentSession session, List<SchedulingEvent> events) {
        DrugUse use = session.drugUse(protocol);
        // a draw that a new order has replaced is no longer among what is taken: nobody uses it then
        if (session.state() != SessionState.BOOKED || !use.rescues().isEmpty()) {
            log.follow(session, use);
        }
    }
}
