package clinicops.intake.patient;

import clinicops.chassis.Caller;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;

/** One row of the list of patients. */
@Schema(description = "One row of the list of patients")
record PatientSummary(
        String id,
        String givenName,
        String familyName,
        @Schema(description = "ISO date") LocalDate birthDate,
        Sex sex,
        PatientStatus status,

        @Schema(description = "True while a safety alert of the patient is not resolved; always false for billers")
        boolean safetyFlag,

        Indication indication,
        Urgency urgency,
        LocalDate referredOn,
        Language language,

        @Schema(description = "The patient's version, as in its ETag")
        long version) {

    static PatientSummary of(PatientList.Row patient) {
        var who = patient.demographics();
        var referral = patient.referral();
        return new PatientSummary(
                patient.id(),
                who.givenName(),
                who.familyName(),
                who.birthDate(),
                who.sex(),
                patient.status(),
                PatientView.seesClinical(Caller.current()) && patient.safetyFlag(),
                referral.indication(),
                referral.urgency(),
                referral.referredOn(),
                patient.contact().language(),
                patient.version());
    }
}
