package clinicops.staffweb.journey;

import clinicops.chassis.Caller;
import clinicops.chassis.Role;
import java.util.List;
import java.util.Set;

/** How much of a journey somebody sees. */
public enum JourneySight {
    /** Who looks after the books alone sees who did what, in the audit, not what befell whom. */
    NOTHING,
    /** A therapist works with the plan, the sessions and the scores, never with the money. */
    WITHOUT_MONEY,
    /** A biller works with what was done and what it costs, never with scores, alerts or what went wrong in the chair. */
    WITHOUT_SCREENING,
    ALL;

    private static final List<String> MONEY = List.of("billing.", "scheduling.session-fee-");
    private static final Set<String> SCREENING = Set.of(
            "intake.screening-completed",
            "intake.safety-alert-raised",
            "intake.safety-alert-acknowledged",
            "intake.outcome-recorded",
            "intake.workup-recorded",
            "scheduling.session-held",
            "scheduling.rescue-drug-given",
            "scheduling.adverse-event-recorded",
            "scheduling.help-called",
            "scheduling.alarm-raised",
            "scheduling.alarm-acknowledged",
            "scheduling.override-asked",
            "scheduling.home-tablets-prescribed",
            "scheduling.call-due",
            "scheduling.call-overdue",
            "scheduling.call-made",
            "scheduling.override-decided",
            "scheduling.session-progressed",
            "scheduling.readiness-changed");

    public static JourneySight of(Caller caller) {
        if (caller.has(Role.FRONT_DESK)
                || caller.has(Role.NURSE)
                || caller.has(Role.PRESCRIBER)
                || caller.has(Role.ADMIN)
                || caller.has(Role.BILLER) && caller.has(Role.THERAPIST)) {
            return ALL;
        }
        if (caller.has(Role.BILLER)) {
            return WITHOUT_SCREENING;
        }
        return caller.has(Role.THERAPIST) ? WITHOUT_MONEY : NOTHING;
    }

    /** @param type an event's owner and name, for example {@code scheduling.session-booked}; a version may follow */
    public boolean shows(String type) {
        return switch (this) {
            case NOTHING -> false;
            case WITHOUT_MONEY -> MONEY.stream().noneMatch(type::startsWith);
            case WITHOUT_SCREENING ->
                SCREENING.stream().noneMatch(hidden -> type.equals(hidden) || type.startsWith(hidden + "."));
            case ALL -> true;
        };
    }
}
