package clinicops.scheduling.readiness;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;

/** Where readiness asks for each patient's own sessions; the session feature answers. */
public interface TreatmentRecords {
    /** @return one record for every patient asked for */
    Map<String, TreatmentRecord> of(Collection<String> patientIds, LocalDate today);
}
