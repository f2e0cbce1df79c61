package clinicops.scheduling.resource;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The clinic's prescribers. */
interface Prescribers extends Repository<Prescriber, String> {
    Prescriber save(Prescriber prescriber);

    boolean existsByUsername(String username);

    List<Prescriber> findByIdGreaterThanOrderById(String after, Limit limit);

    @Query(value = "{}", sort = "{ 'username': 1 }")
    List<Prescriber> everyOne();
}
