package clinicops.billing.patient;

import java.util.Optional;
import org.springframework.data.repository.Repository;

interface BilledPatients extends Repository<BilledPatient, String> {
    BilledPatient save(BilledPatient patient);

    Optional<BilledPatient> findByPatientId(String patientId);

    Optional<BilledPatient> findByPatientIdAndRegisteredTrue(String patientId);

    boolean existsByRegisteredTrue();
}
