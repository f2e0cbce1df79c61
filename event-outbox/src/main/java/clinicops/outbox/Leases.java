package clinicops.outbox;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/**
 * Work that one copy of a service does at a time. Every bean of this class is a holder of its own; time is the database
 * server's, so that copies need not agree on theirs.
 */
final class Leases {

    static final String COLLECTION = "leases";

    private final MongoDatabaseFactory database;
    private final String holder = Ids.next();

    /** A holder on this database. */
    Leases(MongoDatabaseFactory database) {
        this.database = database;
    }

    /**
     * Takes the lease or, when it is ours, renews it.
     *
     * @param length it is ours for so long from now
     * @return false while somebody else holds it
     */
    boolean hold(String name, Duration length) {
        MongoCollection<Document> leases = leases();
        Document free =
                Document.parse("{$or: [{$eq: ['$holder', '%s']}, {$lt: ['$until', '$$NOW']}]}".formatted(holder));
        List<Document> take = List.of(new Document(
                "$set",
                new Document("holder", holder)
                        .append("until", new Document("$add", List.of("$$NOW", length.toMillis())))));
        if (leases.updateOne(and(eq("_id", name), new Document("$expr", free)), take)
                        .getMatchedCount()
                == 1) {
            return true;
        }
        // the very first time there is no row; $expr and upsert exclude each other
        boolean made = leases.updateOne(
                                eq("_id", name),
                                Updates.combine(
                                        Updates.setOnInsert("holder", ""), Updates.setOnInsert("until", new Date(0))),
                                new UpdateOptions().upsert(true))
                        .getUpsertedId()
                != null;
        return made && hold(name, length);
    }

    /** Gives the lease up, so that another holder need not wait for its end. */
    void release(String name) {
        leases().updateOne(and(eq("_id", name), eq("holder", holder)), Updates.set("until", new Date(0)));
    }

    private MongoCollection<Document> leases() {
        return database.getMongoDatabase().getCollection(COLLECTION);
    }
}
