package clinicops.scheduling.session;

/** Where a session stands. */
public enum SessionState {
    BOOKED("booked"),
    CHECKED_IN("checked-in"),
    /** The pre-dose gate failed; the patient waits for a recheck. */
    HELD("held"),
    READY_TO_DOSE("ready-to-dose"),
    DOSING("dosing"),
    /** The dose was interrupted; recovery begins. */
    STOPPED("stopped"),
    RECOVERING("recovering"),
    DISCHARGED("discharged"),
    CANCELLED("cancelled"),
    NO_SHOW("no-show"),
    LEFT_AGAINST_ADVICE("left-against-advice"),
    TRANSFERRED("transferred");

    private final String code;

    SessionState(String code) {
        this.code = code;
    }

    /** As answers show it. */
    public String code() {
        return code;
    }

    /** Nothing more happens to the patient in this session. */
    public boolean over() {
        return switch (this) {
            case DISCHARGED, CANCELLED, NO_SHOW, LEFT_AGAINST_ADVICE, TRANSFERRED -> true;
            case BOOKED, CHECKED_IN, HELD, READY_TO_DOSE, DOSING, STOPPED, RECOVERING -> false;
        };
    }

    /** The patient is in the clinic. */
    public boolean patientIsHere() {
        return !over() && this != BOOKED;
    }

    /** The place is given back when the session ends before the patient was treated. */
    public boolean keepsPlace() {
        return this != CANCELLED && this != NO_SHOW;
    }
}
