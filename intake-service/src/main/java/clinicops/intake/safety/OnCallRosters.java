package clinicops.intake.safety;

import java.util.Optional;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The clinic's one roster. */
interface OnCallRosters extends Repository<OnCallRoster, String> {
    OnCallRoster save(OnCallRoster roster);

    @Query("{_id: '" + OnCallRoster.ID + "'}")
    Optional<OnCallRoster> ofTheClinic();
}
