package clinicops.notification.link;

import java.util.List;
import java.util.Optional;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The links that patients hold. */
interface PatientLinks extends Repository<PatientLink, String> {

    PatientLink save(PatientLink link);

    @Query("{ '_id': ?0 }")
    Optional<PatientLink> byLink(String linkId);

    /** The link that this token was issued for; whether the token is genuine, {@link LinkTokens} says. */
    @Query("{ 'issued.hash': ?0 }")
    Optional<PatientLink> byTokenHash(String hash);

    @Query("{ 'patientId': ?0, 'revokedAt': null }")
    List<PatientLink> openOfPatient(String patientId);
}
