package clinicops.scheduling.resource;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** Every {@link Availability} of the clinic. */
interface AvailabilityRules extends Repository<Availability, String> {
    Availability save(Availability rule);

    void delete(Availability rule);

    @Query("{ '_id': ?0 }")
    Optional<Availability> ofClinic(String id);

    /** What counts from that day on; all working hours, because whoever has any works by them alone. */
    @Query("{ '$or': [{ 'effect': 'WORKS' }, { 'lastDay': null }, { 'lastDay': { '$gte': ?0 } }] }")
    List<Availability> from(LocalDate day);

    @Query(
            value = "{ '_id': { '$gt': ?1 }, '$or': [{ 'lastDay': null }, { 'lastDay': { '$gte': ?0 } }] }",
            sort = "{ '_id': 1 }")
    List<Availability> page(LocalDate from, String after, Limit limit);

    @Query(
            value = "{ 'of': ?0, '_id': { '$gt': ?2 }, '$or': [{ 'lastDay': null }, { 'lastDay': { '$gte': ?1 } }] }",
            sort = "{ '_id': 1 }")
    List<Availability> page(String of, LocalDate from, String after, Limit limit);
}
