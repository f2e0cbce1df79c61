package clinicops.intake.patient;

import clinicops.chassis.Audit;
import clinicops.chassis.NotFound;
import clinicops.outbox.Transactions;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Keeps what happened to a patient: the state, its events and its audit row, in one transaction. */
@Component
public class PatientChanges {
    private final Patients patients;
    private final Announcements announcements;
    private final Audit audit;
    private final Transactions transactions;
    private final ObjectProvider<PatientFollower> followers;

    PatientChanges(
            Patients patients,
            Announcements announcements,
            Audit audit,
            Transactions transactions,
            ObjectProvider<PatientFollower> followers) {
        this.patients = patients;
        this.announcements = announcements;
        this.audit = audit;
        this.transactions = transactions;
        this.followers = followers;
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
        followers.forEach(follower -> follower.changed(saved, events));
        return saved;
    }

    /**
     * Keeps many who have just become patients, in the caller's transaction.
     *
     * @throws org.springframework.dao.DuplicateKeyException when one of them is there already; none is kept then
     */
    public List<Patient> register(List<Patient.Registration> newcomers, String action) {
        var saved = patients.saveAll(
                newcomers.stream().map(Patient.Registration::patient).toList());
        announcements.registered(newcomers);
        var rows = audit.gather();
        saved.forEach(patient -> rows.write(action, patient.resource(), patient.id(), patient.version(), null));
        rows.store();
        followers.forEach(follower -> follower.registered(saved));
        return saved;
    }
}
