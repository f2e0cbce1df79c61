package clinicops.intake.patient;

import java.util.List;

/** Where a use-case leaves what happened, for the other services. Joins the caller's transaction. */
public interface Announcements {
    /** @param version of the aggregate that the events came from, after the change */
    void tell(long version, List<? extends PatientEvent> events);

    /** Tells of many who have just become patients, contacts included; each carries its version already. */
    void registered(List<Patient.Registration> newcomers);

    /** Tells those who hold the key who the patient is and how to reach them. */
    void contact(Patient patient);
}
