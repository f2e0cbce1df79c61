package clinicops.intake.duplicate;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** Every merging, undone ones too. */
interface Mergings extends Repository<Merging, String> {
    Merging save(Merging merging);

    @Query("{undoneAt: null, at: {$gte: ?0}}")
    List<Merging> inForceSince(Instant moment);

    @Query("{survivorId: ?0, duplicateId: ?1, undoneAt: null}")
    Optional<Merging> inForce(String survivorId, String duplicateId);
}
