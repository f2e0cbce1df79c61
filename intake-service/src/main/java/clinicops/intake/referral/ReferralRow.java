package clinicops.intake.referral;

import clinicops.intake.instrument.SentAnswers;
import clinicops.intake.patient.Contact;
import clinicops.intake.patient.Demographics;
import clinicops.intake.patient.Indication;
import clinicops.intake.patient.Patient;
import clinicops.intake.patient.Referral;
import clinicops.intake.patient.ReportedCoverage;
import clinicops.intake.patient.Urgency;
import clinicops.outbox.Ids;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One sound row of an import.
 *
 * @param answers to questionnaires that came with it
 * @param memberId null exactly when {@code coverage} is
 */
record ReferralRow(
        String importKey,
        Demographics demographics,
        Contact contact,
        Indication indication,
        Urgency urgency,
        LocalDate referredOn,
        @Nullable ReportedCoverage coverage,
        @Nullable String memberId,
        List<SentAnswers> answers) {
    /** The patient whom it brings. */
    Patient.Registration registration(Instant receivedAt) {
        var referral = new Referral(Ids.next(), importKey, indication, urgency, referredOn, receivedAt);
        return Patient.register(Ids.next(), referral, demographics, contact, coverage, memberId);
    }
}
