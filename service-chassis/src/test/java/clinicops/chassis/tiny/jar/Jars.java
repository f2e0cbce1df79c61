package clinicops.chassis.tiny.jar;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

interface Jars extends Repository<Jar, String> {
    Jar save(Jar jar);

    Optional<Jar> findJarById(String id);

    List<Jar> findByIdGreaterThanOrderById(String after, Limit limit);

    long countByLabel(String label);
}
