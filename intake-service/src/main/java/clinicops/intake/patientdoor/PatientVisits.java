package clinicops.intake.patientdoor;

import clinicops.chassis.Audit;
import clinicops.chassis.BusinessClock;
import clinicops.chassis.NotFound;
import clinicops.chassis.RuleViolation;
import clinicops.intake.patient.Patient;
import clinicops.intake.patient.Patients;
import clinicops.outbox.Transactions;
import java.util.List;
import java.util.function.Function;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Component;

/**
 * Who comes by a link, and what for. Whose record that is comes from the token that the front door made for the link, never from
 * the request; and the link is asked again at every call, so that one which was taken back is shut at once.
 */
@Component
class PatientVisits {
    /** Who acts, in the audit and in the record; no member of staff is called so. */
    static final String PATIENT = "patient";

    private final PatientLinks links;
    private final Patients patients;
    private final LinkDesk desk;
    private final Audit audit;
    private final Transactions transactions;
    private final BusinessClock clock;

    PatientVisits(
            PatientLinks links,
            Patients patients,
            LinkDesk desk,
            Audit audit,
            Transactions transactions,
            BusinessClock clock) {
        this.links = links;
        this.patients = patients;
        this.desk = desk;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** @param givenName how to address the patient */
    record Visit(PatientLink link, String givenName) {}

    /**
     * The patient is there.
     *
     * @throws RuleViolation {@code link-over} (409) when the link was revoked or has expired
     */
    Visit arrive(Jwt token) {
        PatientLink link = opened(token);
        audit.read("visit-by-link", link.resourceName(), link.patientId());
        return visit(link);
    }

    Visit visit(PatientLink link) {
        Patient patient =
                patients.forStaff(link.patientId()).orElseThrow(() -> new NotFound("patient", link.patientId()));
        return new Visit(link, patient.demographics().givenName());
    }

    /** The link, to look at what it is for. */
    PatientLink opened(Jwt token) {
        return transactions.inTransaction(() -> {
            PatientLink link = link(token);
            return link.open(clock.instant()) ? desk.keep(link, "open-link", List.of(), null) : link;
        });
    }

    /** Changes what the link is for, in one transaction. */
    <T> T write(Jwt token, Function<PatientLink, T> work) {
        return transactions.inTransaction(() -> {
            PatientLink link = link(token);
            link.requireOpen(clock.instant());
            return work.apply(link);
        });
    }

    /** All that the link was for is filled in. In the caller's transaction. */
    PatientLink finish(PatientLink link) {
        return desk.keep(link, "finish-link", link.finish(clock.instant()), null);
    }

    /** The token names patient, link, purpose and resource; a link that differs in any is none. */
    private PatientLink link(Jwt token) {
        String linkId = said(token, "link_id");
        String patientId = said(token, "patient_id");
        return links.ofPatient(patientId, linkId)
                // the token names the patient of the day on which the link was sent
                .or(() -> links.ofPatient(patients.whoGoesOnFor(patientId), linkId))
                .filter(link -> link.purpose().code().equals(said(token, "scope"))
                        && link.resource().equals(said(token, "resource")))
                .orElseThrow(() -> new NotFound("patient-link", linkId));
    }

    private static String said(Jwt token, String claim) {
        String value = token.getClaimAsString(claim);
        return value == null ? "" : value;
    }
}
