package clinicops.scheduling.resource;

import java.util.List;
import org.springframework.data.mongodb.repository.Query;

/** Therapists of the clinic, and patients' own. */
interface Therapists extends MeansKept<Therapist> {
    boolean existsByUsernameAndIdNot(String username, String id);

    @Query(value = "{}", sort = "{ '_id': 1 }")
    List<Therapist> everyOne();
}
