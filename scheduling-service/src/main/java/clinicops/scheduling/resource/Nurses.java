package clinicops.scheduling.resource;

import java.util.List;
import org.springframework.data.mongodb.repository.Query;

/** The clinic's monitoring nurses. */
interface Nurses extends MeansKept<Nurse> {
    boolean existsByUsernameAndIdNot(String username, String id);

    @Query(value = "{}", sort = "{ 'username': 1 }")
    List<Nurse> everyOne();
}
