package clinicops.scheduling.house;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** Looks at crash cart, oxygen and AED. */
interface HouseChecks extends Repository<HouseCheck, String> {
    HouseCheck insert(HouseCheck check);

    @Query(value = "{ 'day': { '$in': ?0 } }", sort = "{ '_id': 1 }")
    List<HouseCheck> onDays(Collection<LocalDate> days);
}
