package clinicops.scheduling.drug;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** Where log and cabinet differ, or did. */
interface CountReviews extends Repository<CountReview, String> {
    CountReview save(CountReview review);

    @Query("{ '_id': ?0 }")
    Optional<CountReview> ofClinic(String id);

    @Query(value = "{ 'open': true }", sort = "{ 'openedAt': 1 }")
    List<CountReview> open(Limit limit);

    @Query(value = "{ '_id': { '$gt': ?0 } }", sort = "{ '_id': 1 }")
    List<CountReview> all(String after, Limit limit);
}
