package clinicops.scheduling.drug;

import java.util.List;
import java.util.Optional;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The heads of the logs, one a drug. */
interface DrugBooks extends Repository<DrugBook, String> {
    DrugBook save(DrugBook book);

    @Query("{ '_id': ?0 }")
    Optional<DrugBook> ofDrug(String drug);

    @Query(value = "{}", sort = "{ '_id': 1 }")
    List<DrugBook> everyOne();
}
