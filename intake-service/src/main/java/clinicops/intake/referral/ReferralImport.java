package clinicops.intake.referral;

import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.RuleViolation;
import clinicops.intake.instrument.Assessments;
import clinicops.intake.patient.Announcements;
import clinicops.intake.patient.Patient;
import clinicops.intake.patient.PatientChanges;
import clinicops.intake.patient.Patients;
import clinicops.intake.patient.Referral;
import clinicops.outbox.Ids;
import clinicops.outbox.Transactions;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/**
 * Loads referrals one by one: a bad one is reported and stops none of the others, and each good one is a patient in a
 * transaction of its own. The referrer's key makes it repeatable: what is there already is counted and left as it is.
 *
 * <p>In which form they were sent is the {@link ReferralReader}'s affair; the rules are the same for all.
 */
@Component
class ReferralImport {
    private final Patients patients;
    private final PatientChanges changes;
    private final Announcements announcements;
    private final Assessments assessments;
    private final Transactions transactions;
    private final BusinessClock clock;
    private final String phoneRegion;

    ReferralImport(
            Patients patients,
            PatientChanges changes,
            Announcements announcements,
            Assessments assessments,
            Transactions transactions,
            BusinessClock clock,
            @Value("${clinicops.intake.phone-region}") String phoneRegion) {
        this.patients = patients;
        this.changes = changes;
        this.announcements = announcements;
        this.assessments = assessments;
        this.transactions = transactions;
        this.clock = clock;
        this.phoneRegion = phoneRegion;
    }

    /** @throws RuleViolation when the whole is not of the reader's form */
    ImportReport load(ReferralReader reader, InputStream document) throws IOException {
        var report = new ImportReport.Builder();
        reader.read(document, sent -> load(sent, report));
        return report.build();
    }

    private void load(SentReferral sent, ImportReport.Builder report) {
        switch (sent) {
            case SentReferral.Unreadable unreadable -> report.rejected(unreadable.line(), unreadable.errors());
            case SentReferral.Row columns -> {
                var result = ReferralRules.judge(columns, clock.today(), phoneRegion);
                var row = result.row();
                if (row == null) {
                    report.rejected(columns.line(), result.errors());
                } else {
                    register(columns.line(), row, report);
                }
            }
        }
    }

    private void register(int line, ReferralRow row, ImportReport.Builder report) {
        var known = patients.broughtBy(row.importKey());
        if (known.isPresent()) {
            report.alreadyThere(line, known.get().id());
            return;
        }
        try {
            report.loaded(line, transactions.inTransaction(() -> register(row)).id());
        } catch (DuplicateKeyException loadedMeanwhile) {
            report.alreadyThere(
                    line, patients.broughtBy(row.importKey()).orElseThrow().id());
        }
    }

    private Patient register(ReferralRow row) {
        var referral = new Referral(
                Ids.next(), row.importKey(), row.indication(), row.urgency(), row.referredOn(), clock.instant());
        var registration = Patient.register(
                Ids.next(), referral, row.demographics(), row.contact(), row.coverage(), row.memberId());
        Patient patient = changes.keep(registration.patient(), "import-referral", null, registration.events());
        announcements.contact(patient);
        row.answers()
                .forEach(sent ->
                        assessments.take(patient.id(), sent, Caller.current().name()));
        return patient;
    }
}
