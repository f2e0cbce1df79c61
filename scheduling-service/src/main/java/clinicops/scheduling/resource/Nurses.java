package clinicops.scheduling.resource;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The clinic's monitoring nurses. */
interface Nurses extends Repository<Nurse, String> {
    Nurse save(Nurse nurse);

    boolean existsByUsername(String username);

    List<Nurse> findByIdGreaterThanOrderById(String after, Limit limit);

    @Query(value = "{}", sort = "{ 'username': 1 }")
    List<Nurse> everyOne();
}
