package clinicops.scheduling.drug;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** What somebody says was wasted. */
interface Wastes extends Repository<Waste, String> {
    Waste save(Waste waste);

    @Query("{ '_id': ?0 }")
    Optional<Waste> ofClinic(String id);

    @Query(value = "{ 'state': 'WAITING' }", sort = "{ '_id': 1 }")
    List<Waste> waiting(Limit limit);
}
