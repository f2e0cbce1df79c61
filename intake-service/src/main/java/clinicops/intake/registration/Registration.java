package clinicops.intake.registration;

import clinicops.chassis.RuleViolation;
import clinicops.intake.patient.Pregnancy;
import clinicops.intake.registration.Section.AllergiesSection;
import clinicops.intake.registration.Section.ContactSection;
import clinicops.intake.registration.Section.CoverageSection;
import clinicops.intake.registration.Section.DemographicsSection;
import clinicops.intake.registration.Section.DrugsSection;
import clinicops.intake.registration.Section.EmergencyContactSection;
import clinicops.intake.registration.Section.GivenCard;
import clinicops.intake.registration.Section.HistorySection;
import clinicops.intake.registration.Section.PreviousTreatmentsSection;
import clinicops.intake.registration.Section.TherapistSection;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What a patient, or staff for them, fills in before the first visit.
 *
 * <p>It begins empty; each section is filled whole, by itself, any number of times and in any order, so that paperwork can be left
 * and taken up again. A section is {@code missing} until somebody fills it, then {@code partial} or {@code complete}. Nothing here is
 * ever final.
 *
 * <p>What always holds: of a member id no more than its ending is kept, and a card without one is refused; two cards have two
 * ranks.
 */
@Document("registrations")
public class Registration {
    private static final int ENDING = 4;

    @Id
    private final String patientId;

    @Version
    private long version;

    private @Nullable DemographicsSection demographics;
    private @Nullable ContactSection contact;
    private @Nullable EmergencyContactSection emergencyContact;
    private @Nullable TherapistSection therapist;
    private @Nullable HistorySection history;
    private @Nullable DrugsSection drugs;
    private @Nullable AllergiesSection allergies;
    private @Nullable PreviousTreatmentsSection previousTreatments;
    private @Nullable List<CoverageCard> coverage;
    private Map<String, Filling> fillings;

    @PersistenceCreator
    Registration(
            String patientId,
            long version,
            @Nullable DemographicsSection demographics,
            @Nullable ContactSection contact,
            @Nullable EmergencyContactSection emergencyContact,
            @Nullable TherapistSection therapist,
            @Nullable HistorySection history,
            @Nullable DrugsSection drugs,
            @Nullable AllergiesSection allergies,
            @Nullable PreviousTreatmentsSection previousTreatments,
            @Nullable List<CoverageCard> coverage,
            Map<String, Filling> fillings) {
        this.patientId = patientId;
        this.version = version;
        this.demographics = demographics;
        this.contact = contact;
        this.emergencyContact = emergencyContact;
        this.therapist = therapist;
        this.history = history;
        this.drugs = drugs;
        this.allergies = allergies;
        this.previousTreatments = previousTreatments;
        this.coverage = coverage;
        this.fillings = fillings;
    }

    /** Nothing is filled yet. */
    public static Registration empty(String patientId) {
        return new Registration(patientId, 0, null, null, null, null, null, null, null, null, null, Map.of());
    }

    /** A card, and the member id that came with it; null when the known one stays. */
    record Stated(CoverageCard card, @Nullable String memberId) {}

    /**
     * Takes a section in place of what was there.
     *
     * @return the cards of a coverage section; empty for the others
     */
    List<Stated> fill(Section section, String by, Instant at) {
        List<Stated> stated = List.of();
        switch (section) {
            case DemographicsSection s -> demographics = s;
            case ContactSection s -> contact = s;
            case EmergencyContactSection s -> emergencyContact = s;
            case TherapistSection s -> therapist = s;
            case HistorySection s -> history = s;
            case DrugsSection s -> drugs = s;
            case AllergiesSection s -> allergies = s;
            case PreviousTreatmentsSection s -> previousTreatments = s;
            case CoverageSection s -> {
                stated = cards(s);
                coverage = stated.stream().map(Stated::card).toList();
            }
        }
        filled(section.section(), new Filling(by, at));
        return stated;
    }

    private void filled(SectionName name, Filling filling) {
        var all = new LinkedHashMap<>(fillings);
        all.put(name.code(), filling);
        fillings = all;
    }

    private List<Stated> cards(CoverageSection section) {
        var ranks = new HashSet<Integer>();
        return section.cards().stream()
                .map(given -> {
                    if (!ranks.add(given.rank())) {
                        throw new RuleViolation("rank-twice", "two cards have two ranks").withField("cards");
                    }
                    return card(given);
                })
                .toList();
    }

    private Stated card(GivenCard given) {
        String code = given.payerCode() == null ? codeOf(given.payerName()) : given.payerCode();
        String memberId = given.memberId() == null ? null : given.memberId().strip();
        String ending = memberId == null || memberId.isEmpty()
                ? known(code)
                : memberId.substring(Math.max(0, memberId.length() - ENDING));
        return new Stated(
                new CoverageCard(
                        given.rank(),
                        given.payerName(),
                        code,
                        given.plan(),
                        ending,
                        given.groupNumber(),
                        given.holder(),
                        given.holderRelationship()),
                memberId);
    }

    private String known(String payerCode) {
        return coverage().stream()
                .filter(card -> card.payerCode().equals(payerCode))
                .map(CoverageCard::memberIdEnding)
                .findFirst()
                .orElseThrow(() -> new RuleViolation("member-id-needed", "the clinic knows no member id of this payer")
                        .withField("cards"));
    }

    private static String codeOf(String payerName) {
        String code =
                payerName.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "-").replaceAll("^-+|-+$", "");
        return code.isEmpty() ? "OTHER" : code.substring(0, Math.min(50, code.length()));
    }

    /**
     * Takes over what nobody filled here and somebody filled there, with who filled it; not demographics, contact and coverage,
     * which others live on.
     *
     * @return the sections that were taken over
     */
    public List<SectionName> fillGaps(Registration other) {
        var gaps = Arrays.stream(SectionName.values())
                .filter(name -> !carried(name))
                .filter(name -> filling(name).isEmpty() && other.filling(name).isPresent())
                .toList();
        gaps.forEach(name -> {
            set(name, other);
            filled(name, other.filling(name).orElseThrow());
        });
        return gaps;
    }

    /**
     * Empties the sections that were taken over, unless somebody filled them anew since.
     *
     * @return whether anything changed
     */
    public boolean takeBack(Registration other, List<SectionName> taken) {
        var back = taken.stream()
                .filter(name -> filling(name).isPresent() && filling(name).equals(other.filling(name)))
                .toList();
        var all = new LinkedHashMap<>(fillings);
        back.forEach(name -> {
            set(name, empty(patientId));
            all.remove(name.code());
        });
        fillings = all;
        return !back.isEmpty();
    }

    /** True for what becomes part of the patient or of billing's coverage. */
    private static boolean carried(SectionName name) {
        return name == SectionName.DEMOGRAPHICS || name == SectionName.CONTACT || name == SectionName.COVERAGE;
    }

    private void set(SectionName name, Registration other) {
        switch (name) {
            case EMERGENCY_CONTACT -> emergencyContact = other.emergencyContact;
            case THERAPIST -> therapist = other.therapist;
            case HISTORY -> history = other.history;
            case DRUGS -> drugs = other.drugs;
            case ALLERGIES -> allergies = other.allergies;
            case PREVIOUS_TREATMENTS -> previousTreatments = other.previousTreatments;
            case DEMOGRAPHICS, CONTACT, COVERAGE -> throw new IllegalArgumentException(name.code());
        }
    }

    /** Who filled the section; empty while nobody has. */
    Optional<Filling> filling(SectionName name) {
        return Optional.ofNullable(fillings.get(name.code()));
    }

    /** True once somebody filled it with all that the clinic asks for; empty while nobody has filled it. */
    Optional<Boolean> completeness(SectionName name) {
        return filling(name).map(_ -> switch (name) {
            case DEMOGRAPHICS -> complete(demographics);
            case CONTACT -> complete(contact);
            case EMERGENCY_CONTACT -> complete(emergencyContact);
            case THERAPIST -> complete(therapist);
            case HISTORY -> complete(history);
            case DRUGS -> complete(drugs);
            case ALLERGIES -> complete(allergies);
            case PREVIOUS_TREATMENTS -> complete(previousTreatments);
            case COVERAGE -> true;
        });
    }

    private static boolean complete(@Nullable Section section) {
        return section != null && section.complete();
    }

    ClinicalFacts clinicalFacts() {
        return new ClinicalFacts(
                history == null ? List.of() : history.conditions(),
                history == null ? List.of() : history.otherConditions(),
                drugs == null ? List.of() : drugs.drugs(),
                allergies == null
                        ? List.of()
                        : allergies.allergies().stream()
                                .map(Section.Allergy::substance)
                                .toList(),
                previousTreatments == null ? List.of() : previousTreatments.treatments(),
                pregnancy(),
                Arrays.stream(SectionName.values())
                        .filter(SectionName::clinical)
                        .filter(name -> filling(name).isPresent())
                        .toList());
    }

    private @Nullable Pregnancy pregnancy() {
        return history == null ? null : history.pregnancy();
    }

    public String patientId() {
        return patientId;
    }

    /** Grows with every change; the ETag. */
    public long version() {
        return version;
    }

    /** Its name in the audit. */
    public String resource() {
        return "registration/" + patientId;
    }

    @Nullable
    DemographicsSection demographics() {
        return demographics;
    }

    @Nullable
    ContactSection contact() {
        return contact;
    }

    @Nullable
    EmergencyContactSection emergencyContact() {
        return emergencyContact;
    }

    @Nullable
    TherapistSection therapist() {
        return therapist;
    }

    @Nullable
    HistorySection history() {
        return history;
    }

    @Nullable
    DrugsSection drugs() {
        return drugs;
    }

    @Nullable
    AllergiesSection allergies() {
        return allergies;
    }

    @Nullable
    PreviousTreatmentsSection previousTreatments() {
        return previousTreatments;
    }

    List<CoverageCard> coverage() {
        return Objects.requireNonNullElse(coverage, List.of());
    }
}
