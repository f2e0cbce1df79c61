package clinicops.scheduling.waitlist;

import clinicops.contracts.SchedulingEvent;
import clinicops.scheduling.session.SessionFollower;
import clinicops.scheduling.session.TreatmentSession;
import java.util.List;
import org.springframework.stereotype.Component;

/** Hears of places that become free, of sessions that somebody waits for, and of what may make a patient ready. */
@Component
class WaitlistFollower implements SessionFollower {
    private final FreedPlaceOffers offers;
    private final WaitlistDesk waitlist;

    WaitlistFollower(FreedPlaceOffers offers, WaitlistDesk waitlist) {
        this.offers = offers;
        this.waitlist = waitlist;
    }

    @Override
    public void followed(TreatmentSession session, List<SchedulingEvent> events) {
        for (SchedulingEvent event : events) {
            switch (event) {
                case SchedulingEvent.SessionBooked booked -> {
                    // a course tells of each of its sessions; the first stands for all
                    if (booked.number() == 1) {
                        waitlist.sessionChanged(session, true);
                    }
                }
                case SchedulingEvent.SessionMoved moved -> {
                    if (!moved.formerStartsAt().equals(moved.startsAt())) {
                        offers.freed(
                                session.route(),
                                moved.formerStartsAt(),
                                FreedPlaceOffers.endOf(moved.formerStartsAt(), session.place()));
                    }
                    waitlist.sessionChanged(session, false);
                }
                case SchedulingEvent.SessionCancelled _ -> {
                    offers.freed(
                            session.route(),
                            session.place().startsAt(),
                            session.place().endsAt());
                    waitlist.sessionChanged(session, false);
                }
                case SchedulingEvent.SessionMissed _, SchedulingEvent.PatientCheckedIn _ ->
                    waitlist.sessionChanged(session, false);
                default -> {}
            }
        }
        // a review that is closed tells nothing; with a session's end its course may be over
        if (events.isEmpty() || session.state().over()) {
            offers.mayBeReady(session.patientId());
        }
    }
}
