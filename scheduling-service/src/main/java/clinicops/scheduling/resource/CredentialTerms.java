package clinicops.scheduling.resource;

import clinicops.scheduling.protocol.Approved;
import clinicops.scheduling.resource.Credential.CredentialKind;
import java.time.LocalDate;
import java.util.List;

/**
 * Which credentials the clinic asks of whom, and how long before its end it is warned.
 *
 * @param id {@code credentials}
 * @param warnDays a credential that ends within so many days is shown as expiring
 */
record CredentialTerms(
        String id,
        String version,
        String source,
        String approver,
        LocalDate effectiveFrom,
        int warnDays,
        List<CredentialKind> nurse,
        List<CredentialKind> prescriber)
        implements Approved {
    CredentialTerms {
        nurse = List.copyOf(nurse);
        prescriber = List.copyOf(prescriber);
    }

    List<CredentialKind> askedOf(Means.Kind kind) {
        return switch (kind) {
            case NURSE -> nurse;
            case PRESCRIBER -> prescriber;
            case CHAIR, PUMP, THERAPIST -> List.of();
        };
    }
}
