package clinicops.scheduling.readiness;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Where readiness asks for each patient's own sessions; the session feature answers. */
public interface TreatmentRecords {
    /** Patients with a session on that day of the clinic that still stands. */
    List<String> patientsOf(LocalDate day);

    /** @return one record for every patient asked for */
    Map<String, TreatmentRecord> of(Collection<String> patientIds, LocalDate today);
}
