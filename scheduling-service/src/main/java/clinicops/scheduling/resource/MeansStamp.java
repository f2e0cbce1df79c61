package clinicops.scheduling.resource;

import java.util.Optional;
import org.bson.Document;
import org.springframework.context.event.EventListener;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.mapping.event.AfterDeleteEvent;
import org.springframework.data.mongodb.core.mapping.event.AfterSaveEvent;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/**
 * Counts the changes of the clinic's means, hours and credentials, so that a roster that was read once need not be read again as
 * long as nothing has changed. In the database, and in the transaction of the change: every copy of the service goes by it.
 */
@Component
class MeansStamp {
    private static final String COLLECTION = "means_stamp";
    private static final Query THE_ONE = Query.query(Criteria.where("_id").is("means"));

    private final MongoOperations mongo;

    MeansStamp(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /** Another one after every change. */
    long present() {
        return Optional.ofNullable(mongo.findOne(THE_ONE, Document.class, COLLECTION))
                .map(stamp -> stamp.getLong("changes"))
                .orElse(0L);
    }

    @EventListener
    void saved(AfterSaveEvent<?> event) {
        if (isOfMeans(event.getSource())) {
            count();
        }
    }

    @EventListener
    void deleted(AfterDeleteEvent<?> event) {
        if (event.getType() == Availability.class) {
            count();
        }
    }

    private void count() {
        mongo.upsert(THE_ONE, new Update().inc("changes", 1L), COLLECTION);
    }

    private static boolean isOfMeans(Object saved) {
        return saved instanceof Means
                || saved instanceof Availability
                || saved instanceof OpeningHours
                || saved instanceof Credential;
    }
}
