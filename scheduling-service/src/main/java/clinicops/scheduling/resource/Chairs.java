package clinicops.scheduling.resource;

import java.util.List;
import org.springframework.data.mongodb.repository.Query;

/** The clinic's chairs and rooms. */
interface Chairs extends MeansKept<Chair> {
    boolean existsByNameAndIdNot(String name, String id);

    @Query(value = "{}", sort = "{ 'name': 1 }")
    List<Chair> everyOne();
}
