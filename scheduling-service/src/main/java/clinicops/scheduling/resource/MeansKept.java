package clinicops.scheduling.resource;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.NoRepositoryBean;
import org.springframework.data.repository.Repository;

/** All of one kind of the clinic's means, retired ones too. */
@NoRepositoryBean
interface MeansKept<T extends Means> extends Repository<T, String> {
    T save(T means);

    @Query("{ '_id': ?0 }")
    Optional<T> ofClinic(String id);

    List<T> findByIdGreaterThanOrderById(String after, Limit limit);
}
