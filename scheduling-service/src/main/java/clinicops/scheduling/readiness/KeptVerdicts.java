package clinicops.scheduling.readiness;

import java.util.Collection;
import java.util.List;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The last verdict on each patient. */
public interface KeptVerdicts extends Repository<KeptVerdict, String> {
    @Query("{ '_id': { '$in': ?0 } }")
    List<KeptVerdict> ofAll(Collection<String> patientIds);

    KeptVerdict save(KeptVerdict verdict);
}
