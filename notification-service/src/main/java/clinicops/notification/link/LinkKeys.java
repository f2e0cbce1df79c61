package clinicops.notification.link;

import java.util.Optional;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The key of the links, in notification's own database, so that every copy signs with the same one. */
interface LinkKeys extends Repository<LinkKey, String> {

    LinkKey insert(LinkKey key);

    @Query("{ '_id': ?0 }")
    Optional<LinkKey> named(String id);
}
