package clinicops.intake.patient;

import clinicops.chassis.PatientsPresent;
import org.springframework.stereotype.Component;

@Component
class ClinicHasPatients implements PatientsPresent {
    private final Patients patients;

    ClinicHasPatients(Patients patients) {
        this.patients = patients;
    }

    @Override
    public boolean any() {
        return patients.existsBy();
    }
}
