package clinicops.scheduling.drug;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The lines of the logs: there is no way to change or delete one. */
interface DrugLogEntries extends Repository<DrugLogEntry, String> {
    DrugLogEntry insert(DrugLogEntry entry);

    @Query(value = "{ '_id': { '$gt': ?0, '$lt': ?1 } }", sort = "{ '_id': 1 }")
    List<DrugLogEntry> between(String after, String before, Limit limit);

    @Query(value = "{ '_id': { '$gt': ?0, '$lt': ?1 } }", sort = "{ '_id': -1 }")
    List<DrugLogEntry> newest(String after, String before, Limit limit);
}
