package clinicops.intake.registration;

import clinicops.intake.patient.Condition;
import clinicops.intake.patient.Language;
import clinicops.intake.patient.Pregnancy;
import clinicops.intake.patient.Sex;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What somebody fills in, one part of the registration at a time. */
public sealed interface Section {
    /** BCP 47, as far as people write it. */
    String LANGUAGE_TAG = "[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}";

    @JsonIgnore
    SectionName section();

    /** True when nothing that the clinic asks for is left out. */
    @JsonIgnore
    boolean complete();

    /** Who the patient is. */
    record DemographicsSection(
            @NotBlank @Size(max = 100) String givenName,
            @Nullable @Size(max = 100) String middleName,
            @NotBlank @Size(max = 100) String familyName,

            @Schema(description = "What the patient wants to be called") @Nullable @Size(max = 100)
            String preferredName,

            @NotNull LocalDate birthDate,
            @NotNull Sex sex,
            @Nullable @Size(max = 50) String pronouns,

            @Schema(description = "Languages that the patient speaks, best first; BCP 47") @NotNull @Size(max = 10)
            List<@NotNull @Pattern(regexp = LANGUAGE_TAG) String> languages,

            boolean interpreterNeeded)
            implements Section {
        @Override
        public SectionName section() {
            return SectionName.DEMOGRAPHICS;
        }

        @Override
        public boolean complete() {
            return sex != Sex.UNKNOWN && !languages.isEmpty();
        }
    }

    /** How to reach the patient, and on which ways they allow it. */
    record ContactSection(
            @Nullable @Size(max = 254) String email,

            @Schema(description = "With country code, or a US number; answered as E.164") @Nullable @Size(max = 40)
            String phone,

            @Valid @Nullable Address address,

            @Schema(description = "IANA zone that the patient lives in") @NotBlank @Size(max = 50)
            String zone,

            @Schema(description = "The language that the clinic writes in") @NotNull
            Language language,

            boolean emailAllowed,
            boolean smsAllowed,
            boolean voiceAllowed,
            boolean mailAllowed)
            implements Section {
        @Override
        public SectionName section() {
            return SectionName.CONTACT;
        }

        @Override
        public boolean complete() {
            return address != null && (email != null || phone != null);
        }
    }

    /** A postal address in the United States. */
    record Address(
            @NotBlank @Size(max = 100) String line1,
            @Nullable @Size(max = 100) String line2,
            @NotBlank @Size(max = 100) String city,

            @Schema(description = "Two letters") @NotNull @Pattern(regexp = "[A-Z]{2}")
            String state,

            @NotNull @Pattern(regexp = "\\d{5}(-\\d{4})?") String postalCode) {}

    /** Whom to call when something happens to the patient. */
    record EmergencyContactSection(
            @NotBlank @Size(max = 200) String name,
            @Nullable @Size(max = 100) String relationship,
            @NotBlank @Size(max = 40) String phone)
            implements Section {
        @Override
        public SectionName section() {
            return SectionName.EMERGENCY_CONTACT;
        }

        @Override
        public boolean complete() {
            return true;
        }
    }

    /** Who treats the patient with talking therapy. */
    record TherapistSection(
            @Schema(description = "False: the patient has none, the rest is null")
            boolean hasTherapist,

            @Nullable @Size(max = 200) String name,
            @Nullable @Size(max = 200) String practice,
            @Nullable @Size(max = 40) String phone)
            implements Section {
        @Override
        public SectionName section() {
            return SectionName.THERAPIST;
        }

        @Override
        public boolean complete() {
            return !hasTherapist || name != null;
        }
    }

    /** What the patient has or had. */
    record HistorySection(
            @Schema(description = "Each that was ever found; empty when none was") @NotNull @Size(max = 60)
            List<@NotNull Condition> conditions,

            @Schema(description = "Other conditions, in words; no rule knows them, so they need review")
            @NotNull
            @Size(max = 30)
            List<@NotBlank @Size(max = 200) String> otherConditions,

            @Nullable Pregnancy pregnancy)
            implements Section {
        @Override
        public SectionName section() {
            return SectionName.HISTORY;
        }

        @Override
        public boolean complete() {
            return pregnancy != null;
        }
    }

    /** Everything that the patient takes now. */
    record DrugsSection(
            @Schema(description = "Empty: takes none") @NotNull @Size(max = 50)
            List<@NotNull @Valid TakenDrug> drugs) implements Section {
        @Override
        public SectionName section() {
            return SectionName.DRUGS;
        }

        @Override
        public boolean complete() {
            return true;
        }
    }

    /** What the patient can't bear. */
    record AllergiesSection(
            @Schema(description = "Empty: none known") @NotNull @Size(max = 50)
            List<@NotNull @Valid Allergy> allergies) implements Section {
        @Override
        public SectionName section() {
            return SectionName.ALLERGIES;
        }

        @Override
        public boolean complete() {
            return true;
        }
    }

    /** One allergy. */
    record Allergy(
            @NotBlank @Size(max = 100) String substance,
            @Nullable @Size(max = 200) String reaction) {}

    /** What was tried before. */
    record PreviousTreatmentsSection(
            @Schema(description = "Empty: none") @NotNull @Size(max = 50)
            List<@NotNull @Valid PreviousTreatment> treatments)
            implements Section {
        @Override
        public SectionName section() {
            return SectionName.PREVIOUS_TREATMENTS;
        }

        @Override
        public boolean complete() {
            return treatments.stream()
                    .noneMatch(t -> t.weeks() == null || t.outcome() == PreviousTreatment.TreatmentOutcome.UNKNOWN);
        }
    }

    /** What stands on the patient's insurance cards. */
    record CoverageSection(
            @Schema(description = "Empty: self-pay") @NotNull @Size(max = 3)
            List<@NotNull @Valid GivenCard> cards) implements Section {
        @Override
        public SectionName section() {
            return SectionName.COVERAGE;
        }

        @Override
        public boolean complete() {
            return true;
        }
    }

    /**
     * One insurance card as it is given. The member id goes to billing sealed and is not kept here.
     *
     * @param rank 1 is primary
     * @param memberId null keeps the one that is known of this payer
     */
    record GivenCard(
            @Schema(description = "1 is primary") @Min(1) @Max(3)
            int rank,

            @NotBlank @Size(max = 100) String payerName,

            @Schema(description = "The clinic's code of the payer; made of the name when it is left out")
            @Nullable
            @Pattern(regexp = "[A-Za-z0-9][A-Za-z0-9._-]{0,49}")
            String payerCode,

            @Nullable @Size(max = 100) String plan,

            @Schema(description = "Never answered; left out, the one that is known of this payer stays")
            @Nullable
            @Size(min = 1, max = 50)
            String memberId,

            @Nullable @Size(max = 50) String groupNumber,

            @Schema(description = "Who the insurance belongs to; null = the patient") @Nullable @Size(max = 200)
            String holder,

            @Nullable HolderRelationship holderRelationship) {
        @Override
        public String toString() {
            return "GivenCard[rank=" + rank + "]";
        }
    }

    /** What the holder of the insurance is to the patient. */
    enum HolderRelationship {
        SELF,
        SPOUSE,
        PARENT,
        OTHER;

        /** As it travels: kebab-case. */
        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
