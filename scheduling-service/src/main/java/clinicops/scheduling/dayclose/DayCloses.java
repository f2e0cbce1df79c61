package clinicops.scheduling.dayclose;

import java.time.LocalDate;
import java.util.Optional;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The ends of the clinic's days. */
interface DayCloses extends Repository<DayClose, String> {
    DayClose save(DayClose close);

    @Query("{ 'day': ?0 }")
    Optional<DayClose> ofDay(LocalDate day);
}
