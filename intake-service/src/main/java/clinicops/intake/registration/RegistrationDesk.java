package clinicops.intake.registration;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.chassis.Versions;
import clinicops.intake.patient.Announcements;
import clinicops.intake.patient.Contact;
import clinicops.intake.patient.ContactRules;
import clinicops.intake.patient.Demographics;
import clinicops.intake.patient.Judgement;
import clinicops.intake.patient.Patient;
import clinicops.intake.patient.PatientChanges;
import clinicops.intake.patient.PatientEvent;
import clinicops.intake.patient.Patients;
import clinicops.intake.patient.ReportedCoverage;
import clinicops.intake.registration.Section.ContactSection;
import clinicops.intake.registration.Section.CoverageSection;
import clinicops.intake.registration.Section.DemographicsSection;
import clinicops.intake.registration.Section.DrugsSection;
import clinicops.intake.registration.Section.EmergencyContactSection;
import clinicops.intake.registration.Section.TherapistSection;
import clinicops.intake.worklist.WorkList;
import clinicops.outbox.Transactions;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/**
 * Takes what is filled in, by staff or by the patient, and carries it to everybody who lives on it in the same transaction: the
 * patient's name and ways to be reached, billing's coverage, the rules, the work-list.
 */
@Component
public class RegistrationDesk {
    /** Older than anybody: a slip in the year. */
    private static final int OLDEST_YEARS = 125;

    private final Registrations registrations;
    private final Patients patients;
    private final PatientChanges changes;
    private final Announcements announcements;
    private final Judgement judgement;
    private final WorkList workList;
    private final Audit audit;
    private final Transactions transactions;
    private final BusinessClock clock;
    private final String phoneRegion;

    RegistrationDesk(
            Registrations registrations,
            Patients patients,
            PatientChanges changes,
            Announcements announcements,
            Judgement judgement,
            WorkList workList,
            Audit audit,
            Transactions transactions,
            BusinessClock clock,
            @Value("${clinicops.intake.phone-region}") String phoneRegion) {
        this.registrations = registrations;
        this.patients = patients;
        this.changes = changes;
        this.announcements = announcements;
        this.judgement = judgement;
        this.workList = workList;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
        this.phoneRegion = phoneRegion;
    }

    /** The registration as it stands; audited. */
    public RegistrationView show(String patientId) {
        Patient patient = patients.forStaff(patientId).orElseThrow(() -> new NotFound("patient", patientId));
        var registration = registrations.forStaff(patientId).orElseGet(() -> Registration.empty(patientId));
        audit.read("read-registration", registration.resource(), patientId);
        return RegistrationView.of(registration, patient);
    }

    /**
     * Takes one section in place of what was there.
     *
     * @param ifMatch the registration's ETag; not needed while nothing was ever filled
     * @param by a username, or {@code patient}
     * @throws RuleViolation for what the section's rules refuse; {@code patient-merged} (409)
     */
    public RegistrationView fill(String patientId, @Nullable String ifMatch, Section given, String by) {
        Section section = checked(given);
        try {
            return transactions.inTransaction(() -> kept(patientId, ifMatch, section, by));
        } catch (DuplicateKeyException begunMeanwhile) {
            return transactions.inTransaction(() -> kept(patientId, ifMatch, section, by));
        }
    }

    private RegistrationView kept(String patientId, @Nullable String ifMatch, Section section, String by) {
        Patient patient = patients.forStaff(patientId).orElseThrow(() -> new NotFound("patient", patientId));
        patient.requireNotMerged();
        var found = registrations.forStaff(patientId);
        var registration = found.orElseGet(() -> Registration.empty(patientId));
        if (ifMatch != null || found.isPresent()) {
            Versions.require(ifMatch, registration.version(), registration.resource());
        }
        var cards = registration.fill(section, by, clock.instant());
        var saved = registrations.save(registration);
        String action = "fill-" + section.section().code();
        audit.write(action, saved.resource(), patientId, saved.version(), null);
        Patient current = carry(patient, section, cards, action);
        if (section.section().clinical() || section.section() == SectionName.DEMOGRAPHICS) {
            judgement.rejudge(patientId, "registration-changed");
        }
        return RegistrationView.of(saved, current);
    }

    private Patient carry(Patient patient, Section section, List<Registration.Stated> cards, String action) {
        List<PatientEvent> events =
                switch (section) {
                    case DemographicsSection s ->
                        patient.restate(
                                new Demographics(s.givenName(), s.familyName(), s.birthDate(), s.sex()),
                                patient.contact(),
                                clock.instant());
                    case ContactSection s ->
                        patient.restate(
                                patient.demographics(),
                                new Contact(
                                        s.email(), s.phone(), s.zone(), s.language(), s.emailAllowed(), s.smsAllowed()),
                                clock.instant());
                    case CoverageSection _ -> coverage(patient, cards);
                    default -> List.of();
                };
        if (events.isEmpty() && !(section instanceof CoverageSection)) {
            workList.refresh(patient.id());
            return patient;
        }
        Patient saved = changes.keep(patient, action, null, events);
        if (events.stream().anyMatch(PatientEvent.ContactStated.class::isInstance)) {
            announcements.contact(saved);
        }
        return saved;
    }

    private List<PatientEvent> coverage(Patient patient, List<Registration.Stated> cards) {
        Map<ReportedCoverage, String> memberIds = new HashMap<>();
        var coverages = cards.stream()
                .map(stated -> {
                    var card = stated.card();
                    var coverage = new ReportedCoverage(card.rank(), card.payerCode(), card.plan());
                    if (stated.memberId() != null) {
                        memberIds.put(coverage, stated.memberId());
                    }
                    return coverage;
                })
                .toList();
        return patient.reportCoverage(coverages, memberIds, clock.instant());
    }

    private Section checked(Section section) {
        return switch (section) {
            case DemographicsSection s -> {
                past(s.birthDate(), "birthDate");
                yield s;
            }
            case ContactSection s -> {
                if (s.email() != null && !ContactRules.EMAIL.matcher(s.email()).matches()) {
                    throw new RuleViolation("email", "is no e-mail address").withField("email");
                }
                if (!ContactRules.isZone(s.zone())) {
                    throw new RuleViolation("unknown-zone", "is an IANA time zone, for example America/New_York")
                            .withField("zone");
                }
                if (s.emailAllowed() && s.email() == null) {
                    throw new RuleViolation("needed-for-email-ok", "e-mail is allowed, but there is no address")
                            .withField("email");
                }
                if ((s.smsAllowed() || s.voiceAllowed()) && s.phone() == null) {
                    throw new RuleViolation("needed-for-sms-ok", "calls or SMS are allowed, but there is no number")
                            .withField("phone");
                }
                yield new ContactSection(
                        s.email(),
                        phone(s.phone()),
                        s.address(),
                        s.zone(),
                        s.language(),
                        s.emailAllowed(),
                        s.smsAllowed(),
                        s.voiceAllowed(),
                        s.mailAllowed());
            }
            case EmergencyContactSection s ->
                new EmergencyContactSection(s.name(), s.relationship(), number(s.phone()));
            case TherapistSection s -> {
                if (s.hasTherapist() && s.name() == null) {
                    throw new RuleViolation("therapist-name-needed", "give the therapist's name").withField("name");
                }
                yield s.hasTherapist()
                        ? new TherapistSection(true, s.name(), s.practice(), phone(s.phone()))
                        : new TherapistSection(false, null, null, null);
            }
            case DrugsSection s -> {
                for (TakenDrug drug : s.drugs()) {
                    if (drug.since() != null) {
                        past(drug.since(), "drugs");
                    }
                }
                yield s;
            }
            default -> section;
        };
    }

    private @Nullable String phone(@Nullable String typed) {
        return typed == null ? null : number(typed);
    }

    private String number(String typed) {
        return ContactRules.e164(typed, phoneRegion)
                .orElseThrow(() -> new RuleViolation("phone", "is not a number that can be called").withField("phone"));
    }

    private void past(LocalDate day, String field) {
        var today = clock.today();
        if (day.isAfter(today)) {
            throw new RuleViolation("in-the-future", "must not lie in the future").withField(field);
        }
        if (day.isBefore(today.minusYears(OLDEST_YEARS))) {
            throw new RuleViolation("too-long-ago", "lies more than " + OLDEST_YEARS + " years back").withField(field);
        }
    }
}
