package clinicops.intake.registration;

import clinicops.chassis.Versions;
import clinicops.intake.patient.Patient;
import clinicops.intake.registration.Section.AllergiesSection;
import clinicops.intake.registration.Section.ContactSection;
import clinicops.intake.registration.Section.DemographicsSection;
import clinicops.intake.registration.Section.DrugsSection;
import clinicops.intake.registration.Section.EmergencyContactSection;
import clinicops.intake.registration.Section.HistorySection;
import clinicops.intake.registration.Section.PreviousTreatmentsSection;
import clinicops.intake.registration.Section.TherapistSection;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** The whole registration; a section that nobody filled is null, but for what the referral said. */
@Schema(
        description =
                "The whole registration. A section that nobody filled is null; demographics and contact come from the referral until somebody fills them.")
public record RegistrationView(
        String patientId,
        DemographicsSection demographics,
        ContactSection contact,
        @Nullable EmergencyContactSection emergencyContact,
        @Nullable TherapistSection therapist,
        @Nullable HistorySection history,
        @Nullable DrugsSection drugs,
        @Nullable AllergiesSection allergies,
        @Nullable PreviousTreatmentsSection previousTreatments,

        @Schema(description = "Null while nobody was asked; empty: self-pay") @Nullable
        List<CoverageCard> coverage,

        List<SectionState> sections,

        @Schema(description = "As in the ETag; 0 while nobody filled anything")
        long version) {
    /** How far a section is. */
    public enum Completeness {
        MISSING,
        PARTIAL,
        COMPLETE;

        /** As it travels: kebab-case. */
        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param filledBy a username, or {@code patient}; null when nobody filled it */
    public record SectionState(
            SectionName section,
            Completeness state,
            @Nullable String filledBy,
            @Nullable Instant filledAt) {}

    static RegistrationView of(Registration registration, Patient patient) {
        var demographics = registration.demographics();
        var contact = registration.contact();
        return new RegistrationView(
                patient.id(),
                demographics == null ? referred(patient) : demographics,
                contact == null ? reach(patient) : contact,
                registration.emergencyContact(),
                registration.therapist(),
                registration.history(),
                registration.drugs(),
                registration.allergies(),
                registration.previousTreatments(),
                registration.filling(SectionName.COVERAGE).isPresent() ? registration.coverage() : null,
                Arrays.stream(SectionName.values())
                        .map(name -> state(registration, name))
                        .toList(),
                registration.version());
    }

    ResponseEntity<RegistrationView> answer() {
        return ResponseEntity.ok().eTag(Versions.etag(version)).body(this);
    }

    private static SectionState state(Registration registration, SectionName name) {
        var filling = registration.filling(name).orElse(null);
        boolean referred = name == SectionName.DEMOGRAPHICS || name == SectionName.CONTACT;
        var state = registration
                .completeness(name)
                .map(complete -> complete ? Completeness.COMPLETE : Completeness.PARTIAL)
                .orElse(referred ? Completeness.PARTIAL : Completeness.MISSING);
        return new SectionState(
                name, state, filling == null ? null : filling.by(), filling == null ? null : filling.at());
    }

    private static DemographicsSection referred(Patient patient) {
        var who = patient.demographics();
        return new DemographicsSection(
                who.givenName(),
                null,
                who.familyName(),
                null,
                who.birthDate(),
                who.sex(),
                null,
                List.of(patient.contact().language().code()),
                false);
    }

    private static ContactSection reach(Patient patient) {
        var c = patient.contact();
        return new ContactSection(
                c.email(), c.phone(), null, c.zone(), c.language(), c.emailAllowed(), c.smsAllowed(), false, false);
    }
}
