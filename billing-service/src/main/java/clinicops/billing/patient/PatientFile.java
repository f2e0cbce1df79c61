package clinicops.billing.patient;

import clinicops.chassis.ContactSeal;
import clinicops.chassis.NotFound;
import clinicops.chassis.PatientsPresent;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps, from intake's events, the little that billing needs of a patient. */
@Component
public class PatientFile implements PatientsPresent {
    private final BilledPatients patients;
    private final ContactSeal seal;

    PatientFile(BilledPatients patients, ContactSeal seal) {
        this.patients = patients;
        this.seal = seal;
    }

    public void registered(String patientId) {
        change(patientId, BilledPatient::register);
    }

    /** @param sealed a sealed contact card; null erases the name */
    public void contactChanged(String patientId, @Nullable String sealed) {
        change(patientId, p -> {
            if (sealed == null) {
                p.forgetName();
            } else {
                p.name(seal.open(sealed));
            }
        });
    }

    /** @param diagnosisCode ICD-10-CM */
    public void planned(String patientId, String diagnosisCode, String drug, String route) {
        change(patientId, p -> p.plan(diagnosisCode, drug, route));
    }

    /** @throws NotFound when intake never registered such a patient */
    public BilledPatient require(String patientId) {
        return patients.findByPatientIdAndRegisteredTrue(patientId)
                .orElseThrow(() -> new NotFound("patient", patientId));
    }

    public Optional<BilledPatient> find(String patientId) {
        return patients.findByPatientId(patientId);
    }

    @Override
    public boolean any() {
        return patients.existsByRegisteredTrue();
    }

    private void change(String patientId, Consumer<BilledPatient> change) {
        BilledPatient patient = patients.findByPatientId(patientId).orElseGet(() -> BilledPatient.unknown(patientId));
        change.accept(patient);
        patients.save(patient);
    }
}
