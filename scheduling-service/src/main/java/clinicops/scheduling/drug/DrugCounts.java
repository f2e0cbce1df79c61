package clinicops.scheduling.drug;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The clinic's counts. */
interface DrugCounts extends Repository<DrugCount, String> {
    DrugCount save(DrugCount count);

    @Query("{ '_id': ?0 }")
    Optional<DrugCount> ofClinic(String id);

    @Query(value = "{ 'day': ?0 }", sort = "{ '_id': 1 }")
    List<DrugCount> onDay(LocalDate day);

    @Query(
            value = "{ 'drug': ?0, 'at': 'INVENTORY', 'state': { '$in': ['BALANCED', 'DIFFERENT'] } }",
            sort = "{ 'day': -1 }")
    List<DrugCount> inventories(String drug, Limit limit);
}
