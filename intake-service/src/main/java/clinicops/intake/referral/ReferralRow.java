package clinicops.intake.referral;

import clinicops.intake.instrument.SentAnswers;
import clinicops.intake.patient.Contact;
import clinicops.intake.patient.Demographics;
import clinicops.intake.patient.Indication;
import clinicops.intake.patient.ReportedCoverage;
import clinicops.intake.patient.Urgency;
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
        List<SentAnswers> answers) {}
