package clinicops.intake.patientdoor;

import clinicops.intake.rulebook.Approved;
import java.time.LocalDate;

/**
 * How long patients' links open.
 *
 * @param paperworkDays days from the asking
 * @param assessmentDays days from the asking; shorter, since answers tell how somebody is now
 */
record LinkTerms(
        String id,
        String version,
        String source,
        String approver,
        LocalDate effectiveFrom,
        int paperworkDays,
        int assessmentDays)
        implements Approved {

    int days(LinkPurpose purpose) {
        return switch (purpose) {
            case PAPERWORK -> paperworkDays;
            case ASSESSMENT -> assessmentDays;
        };
    }

    String reference() {
        return id + "@" + version;
    }
}
