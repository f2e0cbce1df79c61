package clinicops.scheduling.resource;

import java.util.List;
import org.springframework.data.mongodb.repository.Query;

/** The clinic's infusion pumps. */
interface Pumps extends MeansKept<Pump> {
    boolean existsByNameAndIdNot(String name, String id);

    @Query(value = "{}", sort = "{ 'name': 1 }")
    List<Pump> everyOne();
}
