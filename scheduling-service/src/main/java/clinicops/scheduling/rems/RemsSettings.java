package clinicops.scheduling.rems;

import java.util.Optional;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The clinic's certification. */
interface RemsSettings extends Repository<RemsSetting, String> {
    RemsSetting save(RemsSetting setting);

    @Query("{ '_id': 'clinic' }")
    Optional<RemsSetting> ofClinic();
}
