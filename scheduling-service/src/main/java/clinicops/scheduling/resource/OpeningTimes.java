package clinicops.scheduling.resource;

import java.util.Optional;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** Holds the one {@link OpeningHours}. */
interface OpeningTimes extends Repository<OpeningHours, String> {
    OpeningHours save(OpeningHours hours);

    @Query("{ '_id': '" + OpeningHours.ID + "' }")
    Optional<OpeningHours> ofClinic();
}
