package clinicops.intake.patient;

import clinicops.chassis.Audit;
import clinicops.chassis.NotFound;
import clinicops.outbox.Transactions;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps what happened to a patient: the state, its events and its audit row, in one transaction. */
@Component
public class PatientChanges {
    private final Patients patients;
    private final Announcements announcements;
    private final Audit audit;
    private final Transactions transactions;

    PatientChanges(Patients patients, Announcements announcements, Audit audit, Transactions transactions) {
        this.patients = patients;
        this.announcements = announcements;
        this.audit = audit;
        this.transactions = transactions;
    }

    /**
     * Runs one command on one patient. The command may run more than once, on fresh state, when another change came between.
     *
     * @param action its name in the audit
     * @param why the reason that was given; null when none is asked
     * @param command checks the caller's version and returns what happened
     */
    public Patient change(
            String patientId,
            String action,
            @Nullable String why,
            Function<Patient, List<? extends PatientEvent>> command) {
        return transactions.inTransaction(() -> {
            Patient patient = patients.forStaff(patientId).orElseThrow(() -> new NotFound("patient", patientId));
            return keep(patient, action, why, command.apply(patient));
        });
    }

    /** Keeps a patient that the caller changed, in the caller's transaction. */
    public Patient keep(Patient patient, String action, @Nullable String why, List<? extends PatientEvent> events) {
        Patient saved = patients.save(patient);
        announcements.tell(saved.version(), events);
        audit.write(action, saved.resource(), saved.id(), saved.version(), why);
        return saved;
    }
}
