package clinicops.scheduling.home;

import java.time.Instant;

/** Does what a prescription of tablets for home asks for. Called inside its transaction: a follower that fails takes it back. */
public interface PrescriptionFollower {
    /** @param checkInBy until when somebody asks the patient how it goes */
    void prescribed(String prescriptionId, String patientId, Instant checkInBy);
}
