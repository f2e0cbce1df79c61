package clinicops.staffweb.insurer;

import java.time.Duration;
import java.time.Instant;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.stereotype.Repository;

/** Lets each assertion through once, over all copies of the front door: the database's unique index decides. */
@Repository
class UsedAssertions {
    /** The database sweeps by its own clock, which may be ahead of ours; nothing is forgotten while it could be used. */
    private static final Duration KEPT_AFTER_EXPIRY = Duration.ofMinutes(10);

    private final MongoOperations mongo;

    UsedAssertions(MongoOperations mongo) {
        this.mongo = mongo;
        mongo.indexOps(UsedAssertion.class)
                .createIndex(new Index("expiresAt", Sort.Direction.ASC)
                        .named("expired")
                        .expire(Duration.ZERO));
    }

    /**
     * @param expiry of the assertion
     * @return false when it was used before
     */
    boolean use(String clientId, String jti, Instant expiry) {
        try {
            mongo.insert(new UsedAssertion(clientId + "/" + jti, expiry.plus(KEPT_AFTER_EXPIRY)));
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }
}
