package clinicops.scheduling.resource;

import java.util.List;
import java.util.Optional;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** Licences and certificates of the clinic's staff. */
interface Credentials extends Repository<Credential, String> {
    Credential save(Credential credential);

    @Query("{ '_id': ?0 }")
    Optional<Credential> ofStaff(String id);

    @Query(value = "{ 'username': ?0 }", sort = "{ '_id': 1 }")
    List<Credential> of(String username);

    @Query(value = "{}", sort = "{ '_id': 1 }")
    List<Credential> everyOne();
}
