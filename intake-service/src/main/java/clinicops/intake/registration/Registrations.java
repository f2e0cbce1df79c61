package clinicops.intake.registration;

import java.util.Optional;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The registrations; any member of staff whom the access table lets in may see any of them. */
public interface Registrations extends Repository<Registration, String> {
    Registration save(Registration registration);

    @Query("{_id: ?0}")
    Optional<Registration> forStaff(String patientId);

    /** What the rules judge of it; empty before anybody filled anything. */
    default Optional<ClinicalFacts> clinicalFacts(String patientId) {
        return forStaff(patientId).map(Registration::clinicalFacts);
    }
}
