package clinicops.staffweb.journey;

import clinicops.chassis.Caller;
import clinicops.chassis.Role;

/** How much of a journey somebody sees. */
public enum JourneySight {
    /** Who looks after the books alone sees who did what, in the audit, not what befell whom. */
    NOTHING,
    /** A therapist works with the plan, the sessions and the scores, never with the money. */
    WITHOUT_MONEY,
    ALL;

    public static JourneySight of(Caller caller) {
        if (caller.has(Role.FRONT_DESK)
                || caller.has(Role.NURSE)
                || caller.has(Role.PRESCRIBER)
                || caller.has(Role.BILLER)
                || caller.has(Role.ADMIN)) {
            return ALL;
        }
        return caller.has(Role.THERAPIST) ? WITHOUT_MONEY : NOTHING;
    }
}
