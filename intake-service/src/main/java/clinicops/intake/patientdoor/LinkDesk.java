package clinicops.intake.patientdoor;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.Caller;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.intake.instrument.Assessment;
import clinicops.intake.instrument.Assessments;
import clinicops.intake.instrument.Instrument;
import clinicops.intake.instrument.InstrumentEngine;
import clinicops.intake.instrument.StartAssessment;
import clinicops.intake.patient.Announcements;
import clinicops.intake.patient.Contact;
import clinicops.intake.patient.Patient;
import clinicops.intake.patient.PatientEvent;
import clinicops.intake.patient.Patients;
import clinicops.intake.rulebook.RuleBook;
import clinicops.intake.safety.OnCall;
import clinicops.outbox.Ids;
import clinicops.outbox.Transactions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks for patients' links and takes them back. */
@Component
class LinkDesk {
    private final PatientLinks links;
    private final Patients patients;
    private final Assessments assessments;
    private final InstrumentEngine instruments;
    private final OnCall onCall;
    private final LinkTerms terms;
    private final Announcements announcements;
    private final Audit audit;
    private final Transactions transactions;
    private final BusinessClock clock;

    LinkDesk(
            PatientLinks links,
            Patients patients,
            Assessments assessments,
            InstrumentEngine instruments,
            OnCall onCall,
            RuleBook book,
            Announcements announcements,
            Audit audit,
            Transactions transactions,
            BusinessClock clock) {
        this.links = links;
        this.patients = patients;
        this.assessments = assessments;
        this.instruments = instruments;
        this.onCall = onCall;
        this.terms = book.read("patient-links", LinkTerms.class);
        this.announcements = announcements;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Asks for a link, in the caller's transaction. An open one for the same is taken back; what was filled in by it stays.
     *
     * @param instrument which one to answer; null for paperwork
     * @throws RuleViolation {@code no-channel}, {@code instrument}, {@code nobody-on-call} (422); {@code patient-merged} (409)
     */
    PatientLink request(String patientId, LinkPurpose purpose, @Nullable String instrument) {
        Instant now = clock.instant();
        Patient patient = patients.forStaff(patientId).orElseThrow(() -> new NotFound("patient", patientId));
        patient.requireNotMerged();
        requireReachable(patient.contact());
        PatientLink link =
                switch (purpose) {
                    case PAPERWORK -> {
                        replace(patientId, purpose, null, now);
                        yield PatientLink.toPaperwork(Ids.next(), patientId, terms, by(), now);
                    }
                    case ASSESSMENT -> assessment(patientId, instrument, now);
                };
        return keep(link, "request-link", link.requested(), null);
    }

    private PatientLink assessment(String patientId, @Nullable String id, Instant now) {
        if (id == null) {
            throw new RuleViolation("instrument", "say which instrument is to be answered").withField("instrument");
        }
        Instrument instrument = instruments.current(id).orElseThrow(() -> new RuleViolation(
                        "instrument-unknown", "there is no such instrument")
                .withField("instrument"));
        if (instrument.answeredBy() != Instrument.AnsweredBy.PATIENT) {
            throw new RuleViolation("instrument", "this instrument is not for patients alone").withField("instrument");
        }
        // an answer may show danger at any hour: somebody must be there to take it up
        if (instrument.asksAboutSuicide()) {
            onCall.requireSomebody(now);
        }
        String assessmentId = replace(patientId, LinkPurpose.ASSESSMENT, id, now)
                .map(PatientLink::resource)
                .orElseGet(() -> assessments
                        .start(patientId, StartAssessment.asked(id, Assessment.Mode.LINK), by())
                        .id());
        return PatientLink.toAssessment(Ids.next(), patientId, id, assessmentId, terms, by(), now);
    }

    /** Takes back the open link for the same, if there is one. */
    private Optional<PatientLink> replace(
            String patientId, LinkPurpose purpose, @Nullable String instrument, Instant now) {
        Optional<PatientLink> former = links.newestFirst(patientId).stream()
                .filter(link -> link.isFor(purpose, instrument) && link.isOpenAt(now))
                .findFirst();
        former.ifPresent(link -> keep(link, "replace-link", link.revoke(by(), now, null), null));
        return former;
    }

    private static void requireReachable(Contact contact) {
        boolean byMail = contact.emailAllowed() && contact.email() != null;
        boolean bySms = contact.smsAllowed() && contact.phone() != null;
        if (!byMail && !bySms) {
            throw new RuleViolation("no-channel", "the patient allows neither mail nor text messages");
        }
    }

    List<PatientLink> ofPatient(String patientId) {
        Patient patient = patients.forStaff(patientId).orElseThrow(() -> new NotFound("patient", patientId));
        audit.read("list-links", patient.resource(), patientId);
        return links.newestFirst(patientId);
    }

    /** @throws RuleViolation {@code link-over} (409) when it has ended already */
    PatientLink revoke(String patientId, String linkId, @Nullable String why) {
        return transactions.inTransaction(() -> {
            PatientLink link =
                    links.ofPatient(patientId, linkId).orElseThrow(() -> new NotFound("patient-link", linkId));
            return keep(link, "revoke-link", link.revoke(by(), clock.instant(), why), why);
        });
    }

    /** Keeps a link that changed, in the caller's transaction. */
    PatientLink keep(PatientLink link, String action, List<PatientEvent> events, @Nullable String why) {
        PatientLink saved = links.save(link);
        announcements.tell(saved.version(), events);
        audit.write(action, saved.resourceName(), saved.patientId(), saved.version(), why);
        return saved;
    }

    private static String by() {
        return Caller.current().name();
    }
}
