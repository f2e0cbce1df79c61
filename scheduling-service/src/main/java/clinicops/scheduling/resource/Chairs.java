package clinicops.scheduling.resource;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The clinic's chairs. */
interface Chairs extends Repository<Chair, String> {
    Chair save(Chair chair);

    boolean existsByName(String name);

    List<Chair> findByIdGreaterThanOrderById(String after, Limit limit);

    @Query(value = "{}", sort = "{ 'name': 1 }")
    List<Chair> everyOne();
}
