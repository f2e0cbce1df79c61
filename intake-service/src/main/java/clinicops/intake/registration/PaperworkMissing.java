package clinicops.intake.registration;

import clinicops.intake.worklist.Missing;
import clinicops.intake.worklist.StillMissing;
import java.util.Arrays;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The paperwork is there once somebody filled every section that the referral can't have brought. */
@Component
class PaperworkMissing implements StillMissing {
    private final Registrations registrations;

    PaperworkMissing(Registrations registrations) {
        this.registrations = registrations;
    }

    @Override
    public Set<Missing> of(String patientId) {
        boolean filled = registrations.forStaff(patientId).stream().anyMatch(PaperworkMissing::filled);
        return filled ? Set.of() : atFirst();
    }

    @Override
    public Set<Missing> atFirst() {
        return Set.of(Missing.PAPERWORK);
    }

    private static boolean filled(Registration registration) {
        return Arrays.stream(SectionName.values())
                .filter(name -> name != SectionName.DEMOGRAPHICS && name != SectionName.CONTACT)
                .allMatch(name -> registration.filling(name).isPresent());
    }
}
