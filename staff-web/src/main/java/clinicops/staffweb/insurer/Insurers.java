package clinicops.staffweb.insurer;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The registered insurers, all in the hand of the clinic's admins. */
interface Insurers extends Repository<Insurer, String> {
    /** For admins. */
    @Query("{ _id: ?0 }")
    Optional<Insurer> registered(String id);

    /** Who may have a token. */
    @Query("{ _id: ?0, active: true }")
    Optional<Insurer> active(String id);

    List<Insurer> findByIdGreaterThanOrderById(String id, Limit limit);

    Insurer save(Insurer insurer);
}
