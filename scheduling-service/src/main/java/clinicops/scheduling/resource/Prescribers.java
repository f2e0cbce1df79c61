package clinicops.scheduling.resource;

import java.util.List;
import org.springframework.data.mongodb.repository.Query;

/** The clinic's prescribers. */
interface Prescribers extends MeansKept<Prescriber> {
    boolean existsByUsernameAndIdNot(String username, String id);

    @Query(value = "{}", sort = "{ 'username': 1 }")
    List<Prescriber> everyOne();
}
