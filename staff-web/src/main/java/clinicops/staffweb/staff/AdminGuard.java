package clinicops.staffweb.staff;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/**
 * One document that every transaction touches which takes an admin away: of two at once the second must look again, and finds
 * what the first left.
 */
@Repository
class AdminGuard {
    private static final String COLLECTION = "staff_guard";
    private static final String ID = "admins";

    private final MongoOperations mongo;

    AdminGuard(MongoOperations mongo) {
        this.mongo = mongo;
        // outside a transaction, in which two could not make the collection at once
        mongo.upsert(query(where("_id").is(ID)), new Update().setOnInsert("taken", 0L), COLLECTION);
    }

    /** Call inside the transaction, before counting. */
    void touch() {
        mongo.upsert(query(where("_id").is(ID)), new Update().inc("taken", 1), COLLECTION);
    }
}
