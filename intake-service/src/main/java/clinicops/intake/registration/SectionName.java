package clinicops.intake.registration;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The parts of a registration; each is filled and kept by itself. */
public enum SectionName {
    DEMOGRAPHICS(Section.DemographicsSection.class),
    CONTACT(Section.ContactSection.class),
    EMERGENCY_CONTACT(Section.EmergencyContactSection.class),
    THERAPIST(Section.TherapistSection.class),
    HISTORY(Section.HistorySection.class),
    DRUGS(Section.DrugsSection.class),
    ALLERGIES(Section.AllergiesSection.class),
    PREVIOUS_TREATMENTS(Section.PreviousTreatmentsSection.class),
    COVERAGE(Section.CoverageSection.class);

    private final Class<? extends Section> type;

    SectionName(Class<? extends Section> type) {
        this.type = type;
    }

    /** As it travels: kebab-case. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The record that a body of this section binds to. */
    public Class<? extends Section> type() {
        return type;
    }

    /** True for what the rules judge. */
    boolean clinical() {
        return this == HISTORY || this == DRUGS || this == ALLERGIES || this == PREVIOUS_TREATMENTS;
    }

    /** The constant of that code; empty when there is none such. */
    public static Optional<SectionName> of(String code) {
        return Arrays.stream(values()).filter(name -> name.code().equals(code)).findFirst();
    }
}
