package clinicops.scheduling.resource;

import clinicops.chassis.BusinessClock;
import org.springframework.stereotype.Component;

/** Reads the clinic's means as they are now. */
@Component
public class Rosters {
    private final Chairs chairs;
    private final Nurses nurses;
    private final Prescribers prescribers;
    private final OpeningTimes openingTimes;
    private final BusinessClock clock;

    Rosters(Chairs chairs, Nurses nurses, Prescribers prescribers, OpeningTimes openingTimes, BusinessClock clock) {
        this.chairs = chairs;
        this.nurses = nurses;
        this.prescribers = prescribers;
        this.openingTimes = openingTimes;
        this.clock = clock;
    }

    public Roster present() {
        return new Roster(
                clock.clinicZone(),
                openingTimes.ofClinic().orElseGet(OpeningHours::none),
                chairs.everyOne(),
                nurses.everyOne(),
                prescribers.everyOne());
    }
}
