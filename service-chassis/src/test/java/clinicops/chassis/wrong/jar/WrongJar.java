package clinicops.chassis.wrong.jar;

import clinicops.chassis.wrong.lid.WrongLid;
import clinicops.standalone.Neighbour;
import java.time.Instant;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.repository.CrudRepository;
import org.springframework.data.repository.Repository;
import org.springframework.web.bind.annotation.RequestBody;

/** Breaks every house rule that a class can break, so that the rules are known to bite. */
@Document
public class WrongJar {
    @Autowired
    ApplicationContext context;

    WrongLid lid;
    Neighbour neighbour;

    interface CrudJars extends CrudRepository<WrongJar, String> {}

    interface BareJars extends Repository<WrongJar, String> {
        Optional<WrongJar> findById(String id);
    }

    record Body(String text) {}

    static class JarHelper {
        Instant read(MongoOperations mongo, @RequestBody Body body) {
            mongo.findById("1", WrongJar.class);
            return Instant.now();
        }
    }

    @EnableAutoConfiguration
    static class Magic {}
}
