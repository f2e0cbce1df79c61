package clinicops.notification.recipient;

import java.util.Optional;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** Whom notification can write to. */
public interface Recipients extends Repository<Recipient, String> {

    Recipient save(Recipient recipient);

    @Query("{ '_id': ?0 }")
    Optional<Recipient> ofPatient(String patientId);

    /** Whether anybody is known at all. */
    @Query(value = "{}", exists = true)
    boolean anybody();
}
