package clinicops.intake.outcome;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/**
 * One at a time for each patient: a score and a session that come at the same moment do not see each other, and the score would
 * stay counted under the session before. Two transactions that take the same patient's turn can't both commit; the later one
 * begins again and sees what the first left.
 */
@Repository
class OutcomeTurn {
    private static final String COLLECTION = "outcomeTurns";

    private final MongoOperations mongo;

    OutcomeTurn(MongoOperations mongo) {
        this.mongo = mongo;
        // outside a transaction, in which two could not make the collection at once
        mongo.upsert(query(where("_id").is("first")), new Update().setOnInsert("taken", 0L), COLLECTION);
    }

    /** Call inside the transaction. */
    void take(String patientId) {
        mongo.upsert(query(where("_id").is(patientId)), new Update().inc("taken", 1), COLLECTION);
    }
}
