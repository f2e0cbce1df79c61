package clinicops.intake.patient;

import java.util.List;

/**
 * Keeps something of its own in step with the patients. Called inside the transaction of the change, after the patient was
 * saved.
 */
public interface PatientFollower {
    /** @param events what happened; empty when nothing is told of it */
    void changed(Patient patient, List<? extends PatientEvent> events);

    /** Many at once have just become patients. */
    void registered(List<Patient> newcomers);
}
