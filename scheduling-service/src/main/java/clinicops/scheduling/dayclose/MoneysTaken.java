package clinicops.scheduling.dayclose;

import java.time.LocalDate;
import java.util.List;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** What billing's ledger took, day by day. */
interface MoneysTaken extends Repository<MoneyTaken, String> {
    MoneyTaken save(MoneyTaken money);

    @Query(value = "{ 'day': ?0 }", sort = "{ '_id': 1 }")
    List<MoneyTaken> onDay(LocalDate day);
}
