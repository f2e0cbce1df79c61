package clinicops.intake.duplicate;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** Pairs of patients who are probably one; any member of staff whom the access table lets in may see any of them. */
interface DuplicatePairs extends Repository<DuplicatePair, String> {
    DuplicatePair save(DuplicatePair pair);

    List<DuplicatePair> saveAll(Iterable<DuplicatePair> pairs);

    @Query("{_id: ?0}")
    Optional<DuplicatePair> forStaff(String pairId);

    @Query("{_id: {$in: ?0}}")
    List<DuplicatePair> among(Collection<String> pairIds);

    @Query(value = "{place: {$gt: ?0}}", sort = "{place: 1}")
    List<DuplicatePair> open(String after, Limit limit);

    /** Open pairs that one of these belongs to. */
    @Query("{patients: {$in: ?0}, place: {$gt: ''}}")
    List<DuplicatePair> openOf(Collection<String> patientIds);

    @Query(value = "{_id: {$in: ?0}, place: {$gt: ''}}", delete = true)
    void dropOpen(Collection<String> pairIds);
}
