package clinicops.intake.screening;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.NotFound;
import clinicops.intake.patient.Judgement;
import clinicops.intake.patient.Patient;
import clinicops.intake.patient.PatientChanges;
import clinicops.intake.patient.Patients;
import clinicops.intake.rulebook.RuleBook;
import org.springframework.stereotype.Component;

/** What the rules say of a patient, each time that the facts change. */
@Component
class Verdicts implements Judgement {
    private final Contraindications rules;
    private final Patients patients;
    private final PatientChanges changes;
    private final BusinessClock clock;

    Verdicts(RuleBook book, Patients patients, PatientChanges changes, BusinessClock clock) {
        this.rules = book.read("contraindications", Contraindications.class);
        this.patients = patients;
        this.changes = changes;
        this.clock = clock;
    }

    @Override
    public void rejudge(String patientId, String because) {
        Patient patient = patients.forStaff(patientId).orElseThrow(() -> new NotFound("patient", patientId));
        var screening = patient.screening();
        if (screening == null) {
            return;
        }
        var findings = rules.judge(screening.history(), patient.demographics().ageOn(clock.today()));
        if (!findings.equals(screening.findings())) {
            var events =
                    patient.rejudge(findings, Contraindications.gravest(findings), rules.version(), clock.instant());
            changes.keep(patient, "rejudge", because, events);
        }
    }
}
